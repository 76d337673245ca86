'use strict';

// The `binance` client against the simulator: REST, its WebSocket API after a logon with an Ed25519 key, streams, and a
// transfer; and a logon with an HMAC key, which the exchange refuses. Prints what it believes happened, as JSON.
// node binance.js AUTHORITY API_KEY PRIVATE_KEY_PEM SUB_ACCOUNT_EMAIL HMAC_KEY HMAC_SECRET

const { MainClient, USDMClient, WebsocketAPIClient, WebsocketClient, WS_KEY_MAP } = require('binance');
const { LocalBook } = require('./book.js');
const { listThrough, tradeThrough } = require('./flow.js');
const { report, until } = require('./told.js');

const [authority, apiKey, privateKey, subAccount, hmacKey, hmacSecret] = process.argv.slice(2);
const PRICE = 20000.20;
const SPOT = { quantity: 0.002, amended: 0.001 };
const FUTURES = { quantity: 0.01, amended: 0.02 };
const keys = { api_key: apiKey, api_secret: privateKey };
const baseUrl = `http://${authority}`;
const quiet = { trace() {}, info() {}, error() {} };
const symbol = 'BTCUSDT';

const marketBuy = (quantity) =>
  ({ symbol, side: 'BUY', type: 'MARKET', quantity, timestamp: Date.now() });

const socketClient = (Client, more = {}) =>
  new Client({ ...keys, wsUrl: `ws://${authority}`, restOptions: { baseUrl }, ...more }, quiet);

/** Depth diffs of the symbol, and of the user stream what is an execution. */
function listen(client, book, events) {
  client.on('message', (message) => {
    const event = message.event ?? message.data ?? message;
    if (event.e === 'depthUpdate') {
      book.onDiff(event);
    } else {
      events.push(event);
    }
  });
  client.on('exception', (exception) => events.push({ e: 'exception', exception }));
}

async function spot() {
  const api = new MainClient({ ...keys, baseUrl });
  const events = [];
  const book = new LocalBook({ isFutures: false, snapshot: () => api.getOrderBook({ symbol, limit: 5000 }) });
  const socket = socketClient(WebsocketAPIClient);
  const streams = socketClient(WebsocketClient);
  listen(socket.getWSClient(), book, events);
  listen(streams, book, events);
  await socket.subscribeUserDataStream(WS_KEY_MAP.mainWSAPI);
  await streams.subscribe([`${symbol.toLowerCase()}@depth@100ms`], WS_KEY_MAP.main);

  const result = await tradeThrough({
    book, events, quantity: SPOT.quantity, amendedQuantity: SPOT.amended, price: PRICE,
    place: () => api.submitNewOrder({
      symbol, side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity: SPOT.quantity, price: PRICE,
    }),
    query: (orderId) => api.getOrder({ symbol, orderId }),
    // The REST client of this version asks the host of futures for it.
    amend: async (orderId) => (await socket.amendSpotOrderKeepPriority({
      symbol, orderId, newQty: SPOT.amended, timestamp: Date.now(),
    })).result.amendedOrder,
    cancel: async (orderId) => (await socket.cancelSpotOrder({ symbol, orderId, timestamp: Date.now() })).result,
    take: async () =>
      (await socket.submitNewSpotOrder(marketBuy(SPOT.quantity))).result,
  });
  const { quantity } = SPOT;
  result.lists = await listThrough({
    events,
    place: async () => [
      await api.submitNewOrderList({
        symbol, side: 'SELL', quantity, aboveType: 'TAKE_PROFIT', aboveStopPrice: 90000, belowType: 'STOP_LOSS',
        belowStopPrice: 20000, newOrderRespType: 'RESULT',
      }),
      (await socket.placeSpotOTOCOOrderList({
        symbol, workingType: 'LIMIT', workingSide: 'BUY', workingPrice: 20000, workingQuantity: quantity,
        workingTimeInForce: 'GTC', pendingSide: 'SELL', pendingQuantity: quantity, pendingAboveType: 'LIMIT_MAKER',
        pendingAbovePrice: 90000, pendingBelowType: 'STOP_LOSS', pendingBelowStopPrice: 20000,
        timestamp: Date.now(),
      })).result,
    ],
    open: () => api.getAllOpenOCO(),
    cancel: async (orderListId) =>
      (await socket.cancelSpotOrderList({ symbol, orderListId, timestamp: Date.now() })).result,
  });
  const stop = await api.submitNewOrder({
    symbol, side: 'SELL', type: 'STOP_LOSS_LIMIT', timeInForce: 'GTC', quantity, price: 20000, stopPrice: 20000,
  });
  const replaced = await api.replaceOrder({
    symbol, cancelReplaceMode: 'STOP_ON_FAILURE', cancelOrderId: stop.orderId, side: 'SELL', type: 'LIMIT',
    timeInForce: 'GTC', quantity, price: 90000,
  });
  await api.cancelAllSymbolOrders({ symbol });
  result.waiting = { orderId: stop.orderId, replacedBy: replaced.newOrderResponse.orderId };
  result.transfer = await api.subAccountUniversalTransfer({
    fromAccountType: 'SPOT', toAccountType: 'SPOT', toEmail: subAccount, asset: 'USDT', amount: 12.5,
    clientTranId: 'binance-transfer',
  });
  return result;
}

async function futures() {
  const api = new USDMClient({ ...keys, baseUrl });
  const events = [];
  const book = new LocalBook({ isFutures: true, snapshot: () => api.getOrderBook({ symbol, limit: 1000 }) });
  const socket = socketClient(WebsocketAPIClient);
  const streams = socketClient(WebsocketClient);
  listen(streams, book, events);
  await streams.subscribeUsdFuturesUserDataStream();
  await streams.subscribe([`${symbol.toLowerCase()}@depth@100ms`], WS_KEY_MAP.usdmPublic);

  const result = await tradeThrough({
    book, events, quantity: FUTURES.quantity, amendedQuantity: FUTURES.amended, price: PRICE,
    place: () => api.submitNewOrder({
      symbol, side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity: FUTURES.quantity, price: PRICE,
    }),
    query: (orderId) => api.getOrder({ symbol, orderId }),
    amend: (orderId) => api.modifyOrder({ symbol, orderId, side: 'BUY', quantity: FUTURES.amended, price: PRICE }),
    cancel: async (orderId) =>
      (await socket.cancelFuturesOrder('usdm', { symbol, orderId, timestamp: Date.now() })).result,
    take: async () =>
      (await socket.submitNewFuturesOrder('usdm', marketBuy(FUTURES.quantity))).result,
  });
  return result;
}

/** What the client makes of a logon that an HMAC key does not allow. */
async function logonWithHmac() {
  const socket = socketClient(WebsocketClient, { api_key: hmacKey, api_secret: hmacSecret });
  const failures = [];
  socket.on('exception', (exception) => failures.push(exception));
  socket.connectWSAPI(WS_KEY_MAP.mainWSAPI).catch((error) => failures.push(error));
  return until('the logon is refused', () =>
    failures.map((each) => each.error).find((error) => error?.code !== undefined));
}

report(async () => ({ spot: await spot(), futures: await futures(), refused: await logonWithHmac() }));
