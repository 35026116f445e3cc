/// Exclusive limits, ranges of texts, equality, multiples, and what numbers and texts are made of.
extension ValueCheckCase {
  static let domains: [ValueCheckCase] = [
    .init(kind: "above", rule: "0", type: "integer", good: ["1", "9"], bad: ["0", "-1"], words: "are not above 0"),
    .init(
      kind: "above", rule: "0.5", type: "integer", good: ["1", "9"], bad: ["0", "-1"], words: "are not above 0.5"),
    .init(
      kind: "above", rule: "0", type: "number", good: ["5e-324", "inf"], bad: ["0", "-0", "nan"],
      words: "are not above 0"),
    .init(
      kind: "above", rule: "2020-01-01", type: "date", good: ["2020-01-02"], bad: ["2020-01-01", "2019-12-31"],
      words: "are not above 2020-01-01"),
    .init(
      kind: "above", rule: "b", type: "string", good: ["b ", "ba", "c", "é"], bad: ["b", "B", "\"\"", "az"],
      words: "are not above b"),
    .init(
      kind: "below", rule: "360", type: "number", good: ["359.99999999999994", "-inf"], bad: ["360", "inf", "nan"],
      words: "are not below 360"),
    .init(kind: "below", rule: "1e0", type: "integer", good: ["0"], bad: ["1", "2"], words: "are not below 1e0"),
    .init(
      kind: "below", rule: "2020-01-01", type: "date", good: ["2019-12-31"], bad: ["2020-01-01"],
      words: "are not below 2020-01-01"),
    .init(
      kind: "below", rule: "b", type: "string", good: ["a", "\"\"", "az"], bad: ["b", "ba"], words: "are not below b"),
    .init(
      kind: "at_least", rule: "M", type: "string", good: ["M", "Ma", "a", "日"], bad: ["L", "\"\"", "LZZ"],
      words: "are below M"),
    .init(
      kind: "at_most", rule: "é", type: "string", good: ["é", "z", "\"\""], bad: ["éa", "日", "😀"],
      words: "are above é"),
    .init(
      kind: "between", rule: ["A", "C"], type: "string", good: ["A", "B", "C"], bad: ["CA", "D", "a", "@"],
      words: "are not between A and C"),
    .init(
      kind: "equals", rule: "2013", type: "integer", good: ["2013", "+2013"], bad: ["2014"], words: "are not 2013"),
    .init(kind: "equals", rule: "USD", type: nil, good: ["USD"], bad: ["usd", "USD ", "\"\""], words: "are not USD"),
    .init(
      kind: "multiple_of", rule: "0.05", type: "number", good: ["0.15", "-0.35", "0", "1e2", "5e-2", "0.150", "-0.0"],
      bad: ["0.151", "0.01", "nan", "inf", "5e-3"], words: "are no multiples of 0.05"),
    .init(
      kind: "multiple_of", rule: "15", type: "integer", good: ["15", "-45", "+30", "0", "9223372036854775800"],
      bad: ["14", "9223372036854775807"], words: "are no multiples of 15"),
    .init(
      kind: "multiple_of", rule: "1e1", type: nil, good: ["20"], bad: ["2", "x"], words: "are no multiples of 1e1"),
    .init(
      kind: "finite", rule: "true", type: "number", good: ["1.7976931348623157e308", "0"], bad: ["nan", "inf", "-inf"],
      words: "are NaN or infinite"),
    .init(kind: "not_nan", rule: "true", type: "number", good: ["1", "-inf"], bad: ["nan", "NaN"], words: "are NaN"),
    .init(
      kind: "ascii", rule: "true", type: nil, good: ["a~", "\"\"", "a b"], bad: ["é", "a\u{A0}b", "“a”"],
      words: "have characters beyond ASCII"),
    .init(
      kind: "trimmed", rule: "true", type: "string", good: ["a b", "\"\"", "é"],
      bad: [" a", "a ", " ", "\u{A0}a", "a\u{3000}", "a\t"], words: "begin or end with white space"),
  ]
}
