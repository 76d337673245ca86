using Oms.Peer;

return args switch
{
    ["write-ring", string path] => RingPeer.Write(path),
    ["read-ring", string path] => RingPeer.Read(path),
    ["stage-ring", string path] => RingPeer.Stage(path),
    ["peek-ring", string path] => RingPeer.Peek(path),
    ["write-table", string dataFolder] => TablePeer.Write(dataFolder),
    ["hold-role", string dataFolder, string role] => HealthPeer.Hold(dataFolder, role),
    ["append-log", string folder, string segmentBytes] => LogPeer.Append(folder, long.Parse(segmentBytes)),
    ["hold-log", string folder, string committed, string more] =>
        LogPeer.Hold(folder, int.Parse(committed), int.Parse(more)),
    ["fill-log", string folder, string fileBytesMax] => LogPeer.Fill(folder, long.Parse(fileBytesMax)),
    ["sign", string dataFolder, string account] => await KeysPeer.Sign(dataFolder, account),
    _ => 2,
};
