using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Simulation.World;

namespace Oms.Simulation.Exchange;

/// <summary>What an account paid (negative) or got for holding its positions in an instrument.</summary>
internal sealed record FundingPayment(AccountId Account, InstrumentId Instrument, long Number, long Amount)
{
    public FundingSeen Seen() => new()
    {
        Header = MessageHeader.For<FundingSeen>(Account),
        InstrumentId = Instrument,
        AssetId = Venue.Usdt,
        Amount = Amount,
        FundingId = Number,
    };
}
