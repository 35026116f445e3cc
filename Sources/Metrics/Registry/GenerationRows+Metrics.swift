extension GenerationRows {
  package static let metrics: [MetricDefinition<GenerationRows>] = [PassAtK.generation]
}
