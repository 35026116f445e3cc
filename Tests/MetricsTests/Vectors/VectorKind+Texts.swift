import JSON
import Metrics
import Statistics
import VectorSupport

extension VectorKind {
  static let texts: [String: VectorKind] = [
    // The example of a standard error has no inputs in the file.
    "text": keyed(documents: ["mean_stderr_example"], failing: ["wer"]) { vector, key in try textAnswer(vector, key) }
  ]

  private static func textAnswer(_ vector: VectorCase, _ key: String) throws -> Answer? {
    if key == "pass@k" {
      let rows = try GenerationRows(
        samples: try vector.numbers("n").map { Int($0) }, passed: try vector.numbers("c").map { Int($0) })
      return .list(
        try zip(0..<rows.count, try vector.numbers("k")).map { row, k in
          try .metric("pass_at_k", ["k": .number(k)], rows.rows(at: [row]))
        })
    }
    if key == "pooled_sample_stderr" {
      let sizes = try vector.numbers("sizes").map { Int($0) }
      return try .of { try PooledStandardError.value(try vector.numbers("stderrs"), sizes: sizes) }
    }
    if vector.has("token_logprobs") {
      let logs = try vector.numbers("token_logprobs")
      let rows = try LikelihoodRows(
        logLikelihoods: [logs.reduce(0, +)], tokens: [Double(logs.count)], words: [try vector.number("n_words")],
        bytes: [try vector.number("n_bytes")])
      let names = ["token_ppl": "perplexity", "word_ppl": "word_perplexity", "byte_ppl": "byte_perplexity"]
      return try .known(names[key] ?? key, rows)
    }
    return try writtenAnswer(vector, key)
  }

  private static func writtenAnswer(_ vector: VectorCase, _ key: String) throws -> Answer? {
    let rows = try TextRows(
      hypotheses: try words(vector, "hyp"), references: try words(vector, "ref").map { [$0] })
    let arguments = vector.arguments("tokenize", "smooth")
    switch key {
    case "f1":
      let normalises = try vector.has("normalisation") && vector.word("normalisation") != "none"
      return try .perRow("token_f1", ["normalise": .flag(normalises)], rows)
    case "per_pair":
      return .list(
        try (0..<rows.count).map { row in
          let pair = rows.rows(at: [row])
          let scores = ["p": "precision", "r": "recall", "f1": "f1"]
          return .record(try scores.mapValues { try .metric("rouge_l", ["score": .word($0)], pair) })
        })
    case "bleu_precisions":
      return .list(
        try (1...4).map { try .metric("bleu_precision", arguments.merging(["n": .number(Double($0))]) { $1 }, rows) })
    default: return try .known(key, arguments, rows)
    }
  }

  private static func words(_ vector: VectorCase, _ name: String) throws -> [String] {
    try (vector[name]?.arrayValue ?? []).map { value in
      guard let word = value.stringValue else { throw VectorProblem(description: "\(vector.id): \(name) is no text") }
      return word
    }
  }
}
