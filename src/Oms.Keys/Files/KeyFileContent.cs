using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using Oms.Domain.Accounts;
using Oms.Domain.Instruments;
using Oms.Keys.Memory;

namespace Oms.Keys.Files;

/// <summary>
/// What a key file holds, as it stands there before it is encrypted. Numbers are little-endian, a text
/// follows its length; an owner's keys stand in the order of their priority.
/// <code>
/// next id (4) | count (4)
/// per key: created, Unix ms (8) | market (1) | kind (1) | id | account | API key | secret
/// </code>
/// </summary>
/// <param name="NextId">The number that the next key gets; none is given out twice.</param>
internal sealed record KeyFileContent(uint NextId, ImmutableArray<ExchangeKey> Keys)
{
    private const int PreambleLength = 8;
    private const int FixedLength = 10;
    private const int LengthLength = 2;
    private const int TextsPerKey = 4;

    public static KeyFileContent Empty { get; } = new(1, []);

    public SecretBytes Encode()
    {
        SecretBytes plain = SecretBytes.Allocate(PreambleLength + Keys.Sum(LengthOf), out Span<byte> rest);
        BinaryPrimitives.WriteUInt32LittleEndian(rest, NextId);
        BinaryPrimitives.WriteInt32LittleEndian(rest[4..], Keys.Length);
        rest = rest[PreambleLength..];
        foreach (ExchangeKey key in Keys)
        {
            BinaryPrimitives.WriteInt64LittleEndian(rest, key.Created.ToUnixTimeMilliseconds());
            rest[8] = (byte)key.Owner.Market;
            rest[9] = (byte)key.Kind;
            rest = rest[FixedLength..];
            Write(ref rest, Encoding.ASCII.GetBytes(key.Id));
            Write(ref rest, Encoding.ASCII.GetBytes(key.Owner.Account.ToString()));
            Write(ref rest, Encoding.ASCII.GetBytes(key.ApiKey));
            using SecretBytes.Lease secret = key.Pair.OpenSecret();
            Write(ref rest, secret.Bytes);
        }

        return plain;
    }

    /// <exception cref="KeysException">It was written by something else; shows nothing of it.</exception>
    public static KeyFileContent Decode(ReadOnlySpan<byte> plain)
    {
        var keys = ImmutableArray.CreateBuilder<ExchangeKey>();
        var counts = new Dictionary<KeyOwner, int>();
        try
        {
            uint nextId = BinaryPrimitives.ReadUInt32LittleEndian(plain);
            int count = BinaryPrimitives.ReadInt32LittleEndian(plain[4..]);
            ReadOnlySpan<byte> rest = plain[PreambleLength..];
            for (int i = 0; i < count; i++)
            {
                keys.Add(ReadKey(ref rest, counts));
            }

            return rest.IsEmpty
                ? new(nextId, keys.ToImmutable())
                : throw new KeysException("there is more behind the last key");
        }
        catch (Exception exception) when (exception is ArgumentException or KeysException)
        {
            foreach (ExchangeKey key in keys)
            {
                key.Dispose();
            }

            throw new KeysException($"holds what this version of oms does not know: {exception.Message}");
        }
    }

    private static ExchangeKey ReadKey(ref ReadOnlySpan<byte> rest, Dictionary<KeyOwner, int> counts)
    {
        ReadOnlySpan<byte> numbers = rest[..FixedLength];
        long created = BinaryPrimitives.ReadInt64LittleEndian(numbers);
        var market = (Market)numbers[8];
        var kind = (ExchangeKeyKind)numbers[9];
        rest = rest[FixedLength..];
        string id = Encoding.ASCII.GetString(Read(ref rest));
        if (!AccountName.TryParse(Encoding.ASCII.GetString(Read(ref rest)), out AccountName account)
            || !Enum.IsDefined(market) || !Enum.IsDefined(kind))
        {
            throw new KeysException($"account, market or kind of key {id}");
        }

        var owner = new KeyOwner(account, market);
        string apiKey = Encoding.ASCII.GetString(Read(ref rest));
        int priority = counts[owner] = counts.GetValueOrDefault(owner) + 1;
        return new(
            id, owner, priority, DateTimeOffset.FromUnixTimeMilliseconds(created),
            KeyPair.Restore(apiKey, kind, Read(ref rest)));
    }

    private static int LengthOf(ExchangeKey key)
    {
        using SecretBytes.Lease secret = key.Pair.OpenSecret();
        return FixedLength + (TextsPerKey * LengthLength) + key.Id.Length
            + key.Owner.Account.ToString().Length + key.ApiKey.Length + secret.Bytes.Length;
    }

    private static void Write(ref Span<byte> rest, ReadOnlySpan<byte> text)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(rest, checked((ushort)text.Length));
        text.CopyTo(rest[LengthLength..]);
        rest = rest[(LengthLength + text.Length)..];
    }

    private static ReadOnlySpan<byte> Read(ref ReadOnlySpan<byte> rest)
    {
        int length = BinaryPrimitives.ReadUInt16LittleEndian(rest);
        ReadOnlySpan<byte> text = rest.Slice(LengthLength, length);
        rest = rest[(LengthLength + length)..];
        return text;
    }
}
