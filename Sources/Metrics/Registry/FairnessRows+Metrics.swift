extension FairnessRows {
  package static let metrics: [MetricDefinition<FairnessRows>] =
    GroupContrast.definitions + SignedContrast.definitions + [GroupCalibrationError.fairness, TheilIndex.fairness]
}
