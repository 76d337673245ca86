'use strict';

// @binance/spot and @binance/derivatives-trading-usds-futures against the simulator: REST, both WebSocket APIs,
// streams, and a transfer. Prints what they believe happened, as JSON.
// node official.js AUTHORITY API_KEY SECRET SUB_ACCOUNT_EMAIL

process.env.LOG_LEVEL = 'error';
const { Spot } = require('@binance/spot');
const { DerivativesTradingUsdsFutures } = require('@binance/derivatives-trading-usds-futures');
const { LocalBook } = require('./book.js');
const { listThrough, tradeThrough } = require('./flow.js');
const { report } = require('./told.js');

const [authority, apiKey, apiSecret, subAccount] = process.argv.slice(2);
const PRICE = 20000.10;
const SPOT = { quantity: 0.002, amended: 0.001 };
const FUTURES = { quantity: 0.01, amended: 0.02 };
const rest = { apiKey, apiSecret, basePath: `http://${authority}`, timeout: 10_000, retries: 0 };

/** An answer's content: REST has it in a function, the WebSocket API in a member. */
async function data(call) {
  const answer = await call;
  return typeof answer.data === 'function' ? answer.data() : answer.data;
}

async function spot() {
  const client = new Spot({
    configurationRestAPI: rest,
    configurationWebsocketAPI: { apiKey, apiSecret, wsURL: `ws://${authority}/ws-api/v3` },
    configurationWebsocketStreams: { wsURL: `ws://${authority}` },
  });
  const api = client.restAPI;
  const socket = await client.websocketAPI.connect();
  const streams = await client.websocketStreams.connect();
  const events = [];
  const user = await socket.userDataStreamSubscribeSignature();
  user.stream.on('message', (event) => events.push(event));
  const symbol = 'BTCUSDT';
  const book = new LocalBook({ isFutures: false, snapshot: () => data(api.depth({ symbol, limit: 5000 })) });
  streams.diffBookDepth({ symbol: 'btcusdt', updateSpeed: '100ms' }).on('message', (diff) => book.onDiff(diff));

  const result = await tradeThrough({
    book, events, quantity: SPOT.quantity, amendedQuantity: SPOT.amended, price: PRICE,
    place: () => data(api.newOrder({
      symbol, side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity: SPOT.quantity, price: PRICE,
      newClientOrderId: 'official-1',
    })),
    query: (orderId) => data(api.getOrder({ symbol, orderId })),
    amend: async (orderId) => (await data(api.orderAmendKeepPriority({
      symbol, orderId, newQty: SPOT.amended, newClientOrderId: 'official-2',
    }))).amendedOrder,
    cancel: (orderId) => data(socket.orderCancel({ symbol, orderId })),
    take: async () => data(socket.orderPlace({ symbol, side: 'BUY', type: 'MARKET', quantity: SPOT.quantity })),
  });
  const { quantity } = SPOT;
  result.lists = await listThrough({
    events,
    place: async () => [
      await data(api.orderListOco({
        symbol, side: 'SELL', quantity, aboveType: 'LIMIT_MAKER', abovePrice: 90000, belowType: 'STOP_LOSS',
        belowStopPrice: 20000,
      })),
      await data(socket.orderListPlaceOto({
        symbol, workingType: 'LIMIT', workingSide: 'BUY', workingPrice: 20000, workingQuantity: quantity,
        workingTimeInForce: 'GTC', pendingType: 'MARKET', pendingSide: 'SELL', pendingQuantity: quantity,
      })),
    ],
    open: () => data(api.openOrderList()),
    cancel: (orderListId) => data(api.deleteOrderList({ symbol, orderListId })),
  });
  const stop = await data(api.newOrder({
    symbol, side: 'SELL', type: 'STOP_LOSS', quantity, trailingDelta: 1000, newOrderRespType: 'RESULT',
  }));
  const replaced = await data(api.orderCancelReplace({
    symbol, cancelReplaceMode: 'STOP_ON_FAILURE', cancelOrderId: stop.orderId, side: 'SELL', type: 'LIMIT',
    timeInForce: 'GTC', quantity, price: 90000, icebergQty: quantity / 2,
  }));
  await data(api.deleteOpenOrders({ symbol }));
  result.waiting = { orderId: stop.orderId, replacedBy: replaced.newOrderResponse.orderId };
  result.transfer = await data(api.sendSignedRequest('/sapi/v1/sub-account/universalTransfer', 'POST', {
    fromAccountType: 'SPOT', toAccountType: 'USDT_FUTURE', toEmail: subAccount, asset: 'USDT', amount: '12.5',
    clientTranId: 'official-transfer',
  }));
  await Promise.all([socket.disconnect(), streams.disconnect()]);
  return result;
}

async function futures() {
  const client = new DerivativesTradingUsdsFutures({
    configurationRestAPI: rest,
    configurationWebsocketAPI: { apiKey, apiSecret, wsURL: `ws://${authority}/ws-fapi/v1` },
    configurationWebsocketStreams: { wsURL: `ws://${authority}` },
  });
  const api = client.restAPI;
  const socket = await client.websocketAPI.connect();
  const streams = await client.websocketStreams.connect();
  const events = [];
  const { listenKey } = await data(api.startUserDataStream());
  streams.userData(listenKey).on('message', (event) => events.push(event));
  const symbol = 'BTCUSDT';
  const book = new LocalBook({ isFutures: true, snapshot: () => data(api.orderBook({ symbol, limit: 1000 })) });
  streams.diffBookDepthStreams({ symbol: 'btcusdt', updateSpeed: '100ms' })
    .on('message', (diff) => book.onDiff(diff));

  const result = await tradeThrough({
    book, events, quantity: FUTURES.quantity, amendedQuantity: FUTURES.amended, price: PRICE,
    place: () => data(api.newOrder({
      symbol, side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity: FUTURES.quantity, price: PRICE,
      newClientOrderId: 'official-f1',
    })),
    query: (orderId) => data(api.queryOrder({ symbol, orderId })),
    amend: (orderId) => data(api.modifyOrder({
      symbol, orderId, side: 'BUY', quantity: FUTURES.amended, price: PRICE,
    })),
    cancel: (orderId) => data(socket.cancelOrder({ symbol, orderId })),
    take: () => data(socket.newOrder({ symbol, side: 'BUY', type: 'MARKET', quantity: FUTURES.quantity })),
  });
  await Promise.all([socket.disconnect(), streams.disconnect()]);
  return result;
}

report(async () => ({ spot: await spot(), futures: await futures() }));
