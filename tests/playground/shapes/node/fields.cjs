// The fields of each of Slack's own types that has a `type` of its own, and whether they are required, as JSON.
const ts = require("typescript");

const entry = require.resolve("@slack/types/dist/index.d.ts", { paths: [process.cwd()] });
const program = ts.createProgram([entry], { strict: true });
const checker = program.getTypeChecker();
const shapes = {};

for (const exported of checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(entry)))) {
  const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
  if (!(symbol.flags & ts.SymbolFlags.Interface)) continue;
  const type = checker.getDeclaredTypeOfSymbol(symbol);
  const kind = type.getProperty("type");
  const literal = kind && checker.getTypeOfSymbol(kind);
  if (!literal?.isStringLiteral()) continue;
  const fields = type.getProperties().map((field) => [field.name, !(field.flags & ts.SymbolFlags.Optional)]);
  shapes[literal.value] = Object.fromEntries(fields);
}
console.log(JSON.stringify(shapes));
