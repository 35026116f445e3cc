/// The parameters that a gate gives to a metric: each is known to it and of the right kind.
package struct MetricArguments: Sendable, Hashable {
  private let metric: String
  private let values: [String: MetricArgument]

  init(_ given: [String: MetricArgument], of parameters: [MetricParameter], metric: String) throws(MetricProblem) {
    let parameters = parameters + [.sklearnCompat]
    var values: [String: MetricArgument] = [:]
    for (name, given) in given.sorted(by: { $0.key < $1.key }) {
      guard let parameter = parameters.first(where: { $0.name == name }) else {
        throw .unknownParameter(name, metric: metric, known: parameters.map(\.name))
      }
      let argument = parameter.meant(given)
      guard parameter.accepts(argument) else {
        throw .badParameter(name, metric: metric, expects: parameter.expects)
      }
      values[name] = argument
    }
    for parameter in parameters where values[parameter.name] == nil {
      if parameter.isRequired { throw .missingParameter(parameter.name, metric: metric) }
      values[parameter.name] = parameter.fallback
    }
    self.metric = metric
    self.values = values
  }

  /// What was given for the parameter, or holds without; nil when neither.
  subscript(parameter: MetricParameter) -> MetricArgument? { values[parameter.name] }

  func number(_ parameter: MetricParameter) throws(MetricProblem) -> Double {
    guard case .number(let value)? = self[parameter] else { throw missing(parameter) }
    return value
  }

  func count(_ parameter: MetricParameter) throws(MetricProblem) -> Int { Int(try number(parameter)) }

  func word(_ parameter: MetricParameter) throws(MetricProblem) -> String {
    guard case .word(let value)? = self[parameter] else { throw missing(parameter) }
    return value
  }

  func flag(_ parameter: MetricParameter) -> Bool { self[parameter] == .flag(true) }

  var conventions: Conventions {
    let isCompatible = flag(.sklearnCompat)
    let zeroDivision: Conventions.ZeroDivision =
      switch self[.zeroDivision] {
      case .number(let value)? where value.isFinite: .value(value)
      case .word("warn")?: .value(0)
      case .number?, .word?: .skipped
      default: isCompatible ? .value(0) : .undefined
      }
    return Conventions(isCompatible: isCompatible, zeroDivision: zeroDivision)
  }

  private func missing(_ parameter: MetricParameter) -> MetricProblem {
    .missingParameter(parameter.name, metric: metric)
  }
}
