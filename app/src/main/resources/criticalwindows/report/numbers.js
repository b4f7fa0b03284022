'use strict';
// Numbers as the terminal has them: see Numbers.java, which follows the same table of cases.
const Numbers = (() => {
  const NOTHING = 1e-12;
  const snapped = (value) => {
    const rounded = Math.floor(Math.abs(value) * 1e4 + .5) / 1e4;
    return Math.sign(value) * (rounded === 0 && Math.abs(value) > NOTHING ? 1e-4 : rounded);
  };
  const fixed = (size, decimals) => (Math.floor(Math.floor(size * 1e4 + .5) / 10 ** (4 - decimals) + .5) / 10 ** decimals).toFixed(decimals);
  const of = (value, decimals) => {
    const size = snapped(Math.abs(value));
    const digits = fixed(size, decimals);
    if (Number(digits) > 0) return (value < 0 ? '−' : '') + digits;
    const least = fixed(10 ** -decimals, decimals);
    return size === 0 ? digits : value > 0 ? `< ${least}` : `> −${least}`;
  };
  const end = (value, decimals) => {
    const digits = fixed(snapped(Math.abs(value)), decimals);
    return value < 0 && Number(digits) > 0 ? `−${digits}` : digits;
  };
  const share = (value) => of(value, 2);
  const fine = (value) => of(value, 3);
  const signed = (value) => (value > 0 && share(value)[0] !== '<' && share(value) !== '0.00' ? '+' : '') + share(value);
  const chance = (value) => ({ '0.00': '< 0.01', '1.00': '> 0.99' })[share(value)] || share(value);
  const interval = (low, high) => `[${end(low, 2)}, ${end(high, 2)}]`;
  const fineInterval = (low, high) => `[${end(low, 3)}, ${end(high, 3)}]`;
  const percent = (value) => {
    const digits = fixed(100 * snapped(value), 0);
    return digits === '100' && value < 1 - NOTHING ? '> 99 %' : digits === '0' && value > NOTHING ? '< 1 %' : `${digits} %`;
  };
  const count = (value) => value.toLocaleString('en').replace('-', '−');
  return { share, fine, signed, chance, interval, fineInterval, percent, count };
})();
if (typeof module !== 'undefined') module.exports = Numbers;
