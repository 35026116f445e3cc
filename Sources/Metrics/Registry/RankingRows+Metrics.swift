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
