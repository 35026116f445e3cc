extension BinaryRows {
  package static let metrics: [MetricDefinition<BinaryRows>] = [
    Accuracy.binary,
    Precision.binary,
    Recall.binary,
    ROCAUC.binary,
    LogLoss.binary,
  ]
}
