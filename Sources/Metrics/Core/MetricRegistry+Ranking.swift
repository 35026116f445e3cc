extension RankingRows {
  package static let metrics: [MetricDefinition<RankingRows>] = [
    NDCG.ranking,
    DCG.ranking,
    MeanAveragePrecision.ranking,
    MeanReciprocalRank.ranking,
    PrecisionAtK.ranking,
    RecallAtK.ranking,
    HitRate.ranking,
  ]
}

extension EmbeddingRows {
  package static let metrics: [MetricDefinition<EmbeddingRows>] = [
    CosineSimilarity.embedding,
    EuclideanDistance.embedding,
  ]
}

extension FlipRows {
  package static let metrics: [MetricDefinition<FlipRows>] = [
    SymmetricFlipRate.flips,
    NegativeFlipRate.flips,
    PositiveFlipRate.flips,
    DirectedFlipRate.negativeToPositive,
    DirectedFlipRate.positiveToNegative,
  ]
}

extension FairnessRows {
  package static let metrics: [MetricDefinition<FairnessRows>] =
    GroupContrast.definitions + SignedContrast.definitions + [TheilIndex.fairness]
}

extension GenerationRows {
  package static let metrics: [MetricDefinition<GenerationRows>] = [PassAtK.generation]
}

extension LikelihoodRows {
  package static let metrics: [MetricDefinition<LikelihoodRows>] = Perplexity.definitions
}
