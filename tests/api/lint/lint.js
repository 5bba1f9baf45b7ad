/* lint.js CONTRACT: prints what redocly.yaml finds wrong in an OpenAPI document; exit code 1 if it is anything. */
const { formatProblems, getTotals, lint, loadConfig } = require('@redocly/openapi-core');

async function main(ref) {
  const config = await loadConfig({ configPath: `${__dirname}/redocly.yaml` });
  const problems = await lint({ ref, config });
  const totals = getTotals(problems);
  formatProblems(problems, { totals, format: 'codeframe' });
  return totals.errors + totals.warnings;
}

main(process.argv[2]).then((found) => { process.exitCode = found ? 1 : 0; });
