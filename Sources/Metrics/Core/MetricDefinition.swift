internal import Statistics

/// A metric of one task before it has its parameters: a line of the registry.
package struct MetricDefinition<Rows: MetricRows>: Sendable {
  package let page: MetricPage
  package let parameters: [MetricParameter]
  private let make: @Sendable (MetricArguments) throws(MetricProblem) -> Making

  /// How a metric with its parameters judges rows.
  struct Making: Sendable {
    let inference: Inference<Rows>
    let value: @Sendable (Rows) throws(Undefined) -> Double

    init(_ inference: Inference<Rows>, _ value: @escaping @Sendable (Rows) throws(Undefined) -> Double) {
      self.inference = inference
      self.value = value
    }

    /// A metric that is the mean, or a function of the means, of what it infers from.
    static func means(_ means: @escaping @Sendable (Rows) throws(Undefined) -> RowMeans) -> Making {
      Making(.means(means)) { rows throws(Undefined) in try means(rows).value }
    }
  }

  package var name: String { page.name }

  /// The same metric of the rows alone, of which nothing is inferred for a population, and why.
  func withoutInterval(_ reason: String) -> MetricDefinition {
    let make = make
    return MetricDefinition(page, parameters) { arguments throws(MetricProblem) in
      Making(.none(reason), try make(arguments).value)
    }
  }

  init(
    _ page: MetricPage, _ parameters: [MetricParameter] = [],
    make: @escaping @Sendable (MetricArguments) throws(MetricProblem) -> Making
  ) {
    self.page = page
    self.parameters = parameters
    self.make = make
  }

  /// The metric with these parameters by their names.
  package func metric(_ arguments: [String: MetricArgument] = [:]) throws(MetricProblem) -> Metric<Rows> {
    let arguments = try MetricArguments(arguments, of: parameters, metric: name)
    let making = try make(arguments)
    return Metric(page, arguments, making.inference, making.value)
  }
}
