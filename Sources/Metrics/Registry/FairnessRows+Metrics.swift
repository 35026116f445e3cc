extension FairnessRows {
  package static let metrics: [MetricDefinition<FairnessRows>] =
    GroupContrast.definitions + SignedContrast.definitions + [TheilIndex.fairness]
}
