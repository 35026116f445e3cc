extension LikelihoodRows {
  package static let metrics: [MetricDefinition<LikelihoodRows>] = Perplexity.definitions
}
