/* How many decimals a currency has by ISO 4217, as the server counts (src/base/currency.c). What Intl tells follows custom
   instead: it shows forints without their fillér, though an invoice in them has two decimals. */
const NOT_TWO: Record<number, string> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
};
const decimals = new Map(Object.entries(NOT_TWO).flatMap(([count, codes]) => codes.split(' ').map((code) => [code, Number(count)])));

export const decimalsOf = (currency: string) => decimals.get(currency) ?? 2;
