internal import Statistics

extension ROCAUC {
  private static let multiClass = MetricParameter(
    "multi_class", .choice(["ovr", "ovo"]), or: .word("ovr"),
    "Each class against the rest (ovr), or each pair of classes among themselves (ovo).")

  static let multiclass = MetricDefinition<MulticlassRows>(
    page, [multiClass, ClassAverage.averages, ClassAverage.one]
  ) { arguments throws(MetricProblem) in
    let average = try ClassAverage(arguments)
    let isPairwise = try arguments.word(multiClass) == "ovo"
    if isPairwise, average.mode == .micro || average.only != nil {
      throw .badParameter("multi_class", metric: page.name, expects: "ovr, with average: micro or one class")
    }
    return .init(.resample) { rows throws(Undefined) in
      let scores = try rows.requiredScores
      try rows.requireSums(scores)
      if isPairwise { return try pairwise(rows, average) }
      if average.mode == .micro, average.only == nil { return try area(rows.decisions().ranked) }
      let labelled = rows.tally.labelled
      // A class without rows has no area, and no weight either.
      let all = try average.selection(rows.classes)
      let chosen = average.mode == .weighted && average.only == nil ? all.filter { labelled[$0] > 0 } : all
      return try average.mean(of: chosen, rows.classes, weights: { labelled[$0] }) { place throws(Undefined) in
        try area(rows.against(class: place).ranked)
      }
    }
  }

  /// Hand and Till: the mean over pairs of classes of the two areas that tell them apart.
  private static func pairwise(_ rows: MulticlassRows, _ average: ClassAverage) throws(Undefined) -> Double {
    guard rows.weights == nil else { throw .outsideDomain("roc_auc of pairs of classes takes no weights") }
    let labelled = rows.tally.labelled
    if !average.conventions.isCompatible, let absent = labelled.firstIndex(of: 0) {
      throw .emptyCategory("class \(rows.classes[absent])")
    }
    let present = labelled.indices.filter { labelled[$0] > 0 }
    guard present.count > 1 else { throw .singleClass }
    var (areas, weights): ([Double], [Double]) = ([], [])
    for (place, first) in present.enumerated() {
      for second in present[(place + 1)...] {
        let pair = rows.rows(at: rows.labels.indices.filter { rows.labels[$0] == first || rows.labels[$0] == second })
        let sum = try area(pair.against(class: first).ranked) + area(pair.against(class: second).ranked)
        areas.append(sum / 2)
        weights.append(average.mode == .weighted ? Double(pair.count) : 1)
      }
    }
    return try ClassAverage.mean(areas, weights)
  }
}

extension MulticlassRows {
  /// One class against all others, by its score.
  func against(class place: Int) throws(Undefined) -> BinaryRows {
    let scores = try requiredScores
    return try BinaryRows(
      labels: labels.map { $0 == place },
      scores: stride(from: place, to: scores.count, by: classes.count).map { scores[$0] }, weights: weights)
  }

  /// Every row's decision on every class, as rows of their own.
  func decisions() throws(Undefined) -> BinaryRows {
    let width = classes.count
    return try BinaryRows(
      labels: labels.flatMap { label in (0..<width).map { $0 == label } }, scores: try requiredScores,
      weights: weights?.flatMap { [Double](repeating: $0, count: width) })
  }
}
