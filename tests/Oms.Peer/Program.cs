using Oms.Peer;

return args switch
{
    ["write-ring", string path] => RingPeer.Write(path),
    ["read-ring", string path] => RingPeer.Read(path),
    ["write-table", string dataFolder] => TablePeer.Write(dataFolder),
    ["hold-role", string dataFolder, string role] => HealthPeer.Hold(dataFolder, role),
    ["append-log", string folder, string segmentBytes] => LogPeer.Append(folder, long.Parse(segmentBytes)),
    ["fill-log", string folder, string fileBytesMax] => LogPeer.Fill(folder, long.Parse(fileBytesMax)),
    ["sign", string dataFolder, string account] => await KeysPeer.Sign(dataFolder, account),
    _ => 2,
};
