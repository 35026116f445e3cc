internal import Statistics

/// A metric that is a function of the confusion matrix.
typealias CellFunction = @Sendable (ConfusionMatrix, Conventions) throws(Undefined) -> Double

extension MetricDefinition<BinaryRows> {
  /// A function of the confusion matrix: inferred on by resampling its cells.
  static func cells(
    _ page: MetricPage, parameters: [MetricParameter] = [.zeroDivision], _ function: @escaping CellFunction
  ) -> MetricDefinition {
    MetricDefinition(page, parameters) { arguments in .cells(arguments, function) }
  }

  /// A share of rows that are told by their labels alone, so that two models share the denominator.
  static func proportion(
    _ page: MetricPage, parameters: [MetricParameter] = [.zeroDivision],
    counted: @escaping @Sendable (Bool) -> Bool,
    hit: @escaping @Sendable (_ label: Bool, _ prediction: Bool) -> Bool, _ function: @escaping CellFunction
  ) -> MetricDefinition {
    MetricDefinition(page, parameters) { arguments in
      let conventions = arguments.conventions
      return Making(
        .proportion { rows throws(Undefined) in
          RowHits(
            isCounted: rows.labels.map(counted), isHit: zip(rows.labels, rows.predictions).map(hit),
            weights: rows.weights)
        },
        { rows throws(Undefined) in
          guard rows.confusion.total > 0 else { throw Undefined.noObservations }
          return try function(rows.confusion, conventions)
        })
    }
  }
}

extension MetricDefinition<BinaryRows>.Making {
  static func cells(_ arguments: MetricArguments, _ function: @escaping CellFunction) -> Self {
    let conventions = arguments.conventions
    let value: @Sendable (ConfusionMatrix) throws(Undefined) -> Double = { matrix throws(Undefined) in
      guard matrix.total > 0 else { throw Undefined.noObservations }
      return try function(matrix, conventions)
    }
    return Self(
      .cells { rows throws(Undefined) in rows.cells(value) },
      { rows throws(Undefined) in try value(rows.confusion) })
  }
}

extension MetricDefinition<MulticlassRows> {
  /// A function of each class's confusion matrix, averaged.
  ///
  /// - Parameter isRateOfClass: whether it is the share of a class's rows that are called so: of one class alone two models
  ///   share the denominator.
  static func averaged(
    _ page: MetricPage, parameters: [MetricParameter] = [], isRateOfClass: Bool = false,
    _ function: @escaping @Sendable (MetricArguments) throws(MetricProblem) -> CellFunction
  ) -> MetricDefinition {
    let parameters = parameters + [ClassAverage.averages, ClassAverage.one, ClassAverage.some, .zeroDivision]
    return MetricDefinition(page, parameters) { arguments throws(MetricProblem) in
      let average = try ClassAverage(arguments)
      let function = try function(arguments)
      let making = Making.tally { tally, names throws(Undefined) in
        guard tally.total > 0 else { throw Undefined.noObservations }
        return try average.value(tally.matrices, names, function)
      }
      guard isRateOfClass, average.only != nil else { return making }
      let hits: @Sendable (MulticlassRows) throws(Undefined) -> RowHits = { rows throws(Undefined) in
        let place = try average.selection(rows.classes)[0]
        return RowHits(
          isCounted: rows.labels.map { $0 == place }, isHit: rows.predictions.map { $0 == place }, weights: rows.weights
        )
      }
      return Making(.proportion(hits), making.value)
    }
  }
}

extension MetricDefinition<MultilabelRows> {
  /// A function of each label's confusion matrix, or of each row's, averaged.
  static func averaged(
    _ page: MetricPage, parameters: [MetricParameter] = [], isRateOfClass: Bool = false,
    _ function: @escaping @Sendable (MetricArguments) throws(MetricProblem) -> CellFunction
  ) -> MetricDefinition {
    let parameters =
      parameters + [ClassAverage.averagesWithSamples, ClassAverage.one, ClassAverage.some, .zeroDivision]
    return MetricDefinition(page, parameters) { arguments throws(MetricProblem) in
      let average = try ClassAverage(arguments)
      let function = try function(arguments)
      let hits: @Sendable (MultilabelRows) throws(Undefined) -> RowHits = { rows throws(Undefined) in
        let places = Array(rows.places(ofLabel: try average.selection(rows.names)[0]))
        return RowHits(
          isCounted: rows.labels.elements(at: places), isHit: rows.predictions.elements(at: places),
          weights: rows.weights)
      }
      return Making(isRateOfClass && average.only != nil ? .proportion(hits) : .resample) { rows throws(Undefined) in
        guard average.mode == .samples, average.only == nil else {
          return try average.value(rows.matrices, rows.names, function)
        }
        let matrices = rows.rowMatrices
        return try rows.mean(average.conventions) { row throws(Undefined) in
          try function(matrices[row], average.conventions)
        }
      }
    }
  }
}
