using System.Text.Json;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.KeyValueStore;
using Oms.Domain.Accounts;
using Oms.Domain.Ids;

namespace Oms.Silo.Tests;

/// <summary>What streams, files and grains hold of the story that FastPath told.</summary>
internal sealed class StoredStory(Deployment deployment, NatsConnection connection)
{
    /// <summary>Each of them holds each event once, in order.</summary>
    public async Task AssertCompleteAsync(PlayedFastPath fastPath)
    {
        foreach ((AccountId id, AccountName name) in new[]
        {
            (PlayedFastPath.MainId, Deployment.Main), (PlayedFastPath.SubId, Deployment.Sub),
        })
        {
            long last = fastPath.LastSequenceOf(id);
            Assert.Equal(
                Story.PublishedIds((int)last).Select(text => text.Replace("sub_spot_arb", name.Account)),
                (await OmsNats.ReadAsync(connection, $"events-{name.Exchange}-{name.Account}"))
                    .Select(message => message.MessageId));
            Assert.Equal(Story.Fills(last), TradeLines.In(deployment, name));
            await AssertGrainsAsync(last);
        }
    }

    private async Task AssertGrainsAsync(long last)
    {
        INatsKVStore store = await new NatsKVContext(new NatsJSContext(connection)).GetStoreAsync("grains");
        var states = new List<JsonElement>();
        await foreach (string key in store.GetKeysAsync())
        {
            NatsKVEntry<string> entry = await store.GetEntryAsync<string>(key);
            JsonElement state = JsonDocument.Parse(entry.Value ?? "").RootElement;
            // The portfolio follows nothing.
            if (state.TryGetProperty("last_sequence", out _))
            {
                states.Add(state);
            }
        }

        Assert.Contains(states, state => state.GetProperty("last_sequence").GetInt64() == last
            && state.TryGetProperty("balances", out JsonElement balances)
            && balances[0].GetProperty("free").GetDecimal() == LastOfKind(last, 3));
        Assert.Contains(states, state => state.GetProperty("last_sequence").GetInt64() == last
            && state.TryGetProperty("positions", out JsonElement positions)
            && positions[0].GetProperty("quantity").GetDecimal() == -LastOfKind(last, 4));
        // Fills are counted once: of every kind of event, one in five.
        Assert.Contains(states, state => state.GetProperty("last_sequence").GetInt64() == last
            && state.TryGetProperty("days", out JsonElement days)
            && days.EnumerateArray().Sum(day => day.GetProperty("fill_count").GetInt32()) == Story.Fills(last).Count());
    }

    /// <summary>The last sequence of which the remainder is this.</summary>
    private static long LastOfKind(long last, long remainder)
    {
        while (last % PlayedFastPath.KindsOfEvents != remainder)
        {
            last--;
        }

        return last;
    }
}
