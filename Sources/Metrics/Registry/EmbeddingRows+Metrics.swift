extension EmbeddingRows {
  package static let metrics: [MetricDefinition<EmbeddingRows>] = [
    CosineSimilarity.embedding,
    EuclideanDistance.embedding,
  ]
}
