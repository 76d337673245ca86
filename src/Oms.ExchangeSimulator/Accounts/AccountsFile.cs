using System.Text.Json;
using Oms.Domain.Numbers;
using Oms.ExchangeSimulator.Binance;
using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Accounts;

/// <summary>Who the exchange's clients are, with which keys, and what they start with.</summary>
internal sealed class AccountsFile
{
    private const long FirstUserId = 354_937_001;

    private readonly string _path;
    private readonly List<ApiKey> _keys = [];
    private readonly Dictionary<string, IReadOnlyDictionary<string, long>> _balances =
        new(StringComparer.Ordinal);

    private readonly Dictionary<string, IReadOnlyDictionary<string, long>> _futuresBalances =
        new(StringComparer.Ordinal);

    private readonly List<Account> _futuresAccounts = [];

    private AccountsFile(string path) => _path = path;

    public IReadOnlyList<ApiKey> Keys => _keys;

    public IEnumerable<Account> Accounts => _keys.Select(key => key.Account).Distinct();

    /// <summary>The same clients, as they trade futures.</summary>
    public IReadOnlyList<Account> FuturesAccounts => _futuresAccounts;

    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, long>> OpeningBalances => _balances;

    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, long>> OpeningFuturesBalances =>
        _futuresBalances;

    /// <exception cref="StartException">The message names the file and the field.</exception>
    public static AccountsFile Load(string path, OrderCountLimits limits, OrderCountLimits futuresLimits)
    {
        AccountsFile file = new(path);
        AccountEntry[] entries = file.Read().Accounts ?? throw file.Wrong("accounts", "is missing");
        for (int index = 0; index < entries.Length; index++)
        {
            file.Add(entries[index], $"accounts[{index}]", FirstUserId + index, limits, futuresLimits);
            string? main = entries[index].Main;
            if (main is not null && !entries.Any(entry => entry.Name == main && entry.Main is null))
            {
                throw file.Wrong($"accounts[{index}].main", $"\"{main}\" is no main account of this file");
            }
        }

        return file;
    }

    private AccountEntries Read()
    {
        try
        {
            byte[] json = File.ReadAllBytes(_path);
            return JsonSerializer.Deserialize(json, AccountsJson.Default.AccountEntries)
                ?? throw Wrong("$", "is null");
        }
        catch (JsonException exception)
        {
            throw Wrong(exception.Path ?? "$", exception.Message);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"--accounts: {exception.Message}", StartException.WrongUsage);
        }
    }

    private void Add(
        AccountEntry entry, string at, long userId, OrderCountLimits limits, OrderCountLimits futuresLimits)
    {
        string name = entry.Name is { Length: > 0 } given ? given : throw Wrong($"{at}.name", "is missing");
        string apiKey = entry.ApiKey is { Length: > 0 } key
            ? key
            : throw Wrong($"{at}.api_key", "is missing");
        if (_balances.ContainsKey(name))
        {
            throw Wrong($"{at}.name", $"\"{name}\" is there twice");
        }

        if (_keys.Any(known => known.Key == apiKey))
        {
            throw Wrong($"{at}.api_key", "belongs to another account");
        }

        _balances.Add(name, AmountsOf(entry.Balances, $"{at}.balances"));
        _futuresBalances.Add(name, AmountsOf(entry.FuturesBalances, $"{at}.futures_balances"));
        _futuresAccounts.Add(new Account(name, userId, futuresLimits));
        ApiKey first = new(
            apiKey, new Account(name, userId, limits, entry.Main), SigningKeyOf(entry, at),
            entry.Permissions ?? ["SPOT"]);
        _keys.Add(first);
        foreach ((string further, string secret) in entry.FurtherKeys ?? [])
        {
            _keys.Add(_keys.All(known => known.Key != further)
                ? first with { Key = further, SigningKey = new HmacKey(secret) }
                : throw Wrong($"{at}.further_keys.{further}", "is a key already"));
        }
    }

    private Dictionary<string, long> AmountsOf(Dictionary<string, string>? given, string at)
    {
        Dictionary<string, long> balances = new(StringComparer.Ordinal);
        foreach ((string asset, string text) in given ?? [])
        {
            if (!DecimalText.TryParse(text, Amount.Decimals, out long amount) || amount < 0)
            {
                throw Wrong($"{at}.{asset}", $"\"{text}\" is not an amount of at most 8 decimals");
            }

            balances.Add(asset, amount);
        }

        return balances;
    }

    private ISigningKey SigningKeyOf(AccountEntry entry, string at)
    {
        if (entry.SecretKey is { Length: > 0 } secret && entry.PublicKeyPem is null)
        {
            return new HmacKey(secret);
        }

        if (entry.PublicKeyPem is { Length: > 0 } pem && entry.SecretKey is null)
        {
            return Ed25519Key.FromPem(pem)
                ?? throw Wrong($"{at}.public_key_pem", "is not an Ed25519 public key");
        }

        throw Wrong(at, "needs secret_key or public_key_pem, and not both");
    }

    private StartException Wrong(string field, string problem) =>
        new($"{_path}: {field}: {problem}", StartException.WrongUsage);
}
