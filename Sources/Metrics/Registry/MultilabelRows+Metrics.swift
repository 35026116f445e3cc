extension MultilabelRows {
  package static let metrics: [MetricDefinition<MultilabelRows>] = [
    Accuracy.multilabel,
    Precision.multilabel,
    Recall.multilabel,
    F1.multilabel,
    FBeta.multilabel,
    Jaccard.multilabel,
    ZeroOneLoss.multilabel,
    HammingLoss.multilabel,
    ROCAUC.multilabel,
    AveragePrecision.multilabel,
    LabelRankingAveragePrecision.multilabel,
    CoverageError.multilabel,
    LabelRankingLoss.multilabel,
  ]
}
