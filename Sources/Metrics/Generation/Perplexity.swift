internal import Glibc
internal import Statistics

/// How many choices a language model is torn between, per token or word, or what a byte costs it.
package enum Perplexity {
  static let definitions: [MetricDefinition<LikelihoodRows>] = [
    definition(
      "perplexity", aliases: ["token_perplexity", "ppl"], "e to the mean negative log-likelihood of a token",
      "Models with other tokenizers cannot be compared by it: see bits_per_byte."
    ) { rows throws(Undefined) in try rows.cost(per: rows.tokens, "tokens", .exponential) },
    definition(
      "word_perplexity", "e to the negative log-likelihood over the number of words",
      "It does not depend on the tokenizer."
    ) { rows throws(Undefined) in try rows.cost(per: rows.words, "words", .exponential) },
    definition(
      "byte_perplexity", "e to the negative log-likelihood over the number of bytes",
      "It does not depend on the tokenizer, nor on what a word is."
    ) { rows throws(Undefined) in try rows.cost(per: rows.bytes, "bytes", .exponential) },
    definition(
      "bits_per_byte", aliases: ["bpb"], "The negative log-likelihood in bits over the number of bytes",
      "It does not depend on the tokenizer, nor on what a word is."
    ) { rows throws(Undefined) in try rows.cost(per: rows.bytes, "bytes", .scaled(1 / M_LN2)) },
  ]

  private static func definition(
    _ name: String, aliases: [String] = [], _ what: String, _ why: String,
    _ means: @escaping @Sendable (LikelihoodRows) throws(Undefined) -> RowMeans
  ) -> MetricDefinition<LikelihoodRows> {
    let page = MetricPage(
      name, aliases: aliases, better: .lower, range: 0...(.infinity), what: what + ".", why: why,
      fix: "Look at the texts whose likelihood fell; check that the evaluation texts and the tokenizer are the same.")
    return MetricDefinition(page) { _ in .means(means) }
  }
}
