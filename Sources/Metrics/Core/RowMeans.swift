internal import Glibc
internal import Statistics

/// A metric that is a function of the quotient of two sums over the rows, or over units of several rows. A mean's denominators are 1, or the weights.
package struct RowMeans: Sendable {
  /// What is done with the quotient q.
  package enum Form: Sendable, Hashable {
    /// q
    case plain
    /// √q
    case root
    /// e^q
    case exponential
    /// 1 - q
    case complement
    /// a q
    case scaled(Double)

    package func value(_ q: Double) -> Double {
      switch self {
      case .plain: q
      case .root: q.squareRoot()
      case .exponential: exp(q)
      case .complement: 1 - q
      case .scaled(let factor): factor * q
      }
    }
  }

  package let numerators: [Double]
  package let denominators: [Double]
  package let form: Form
  /// Where several rows make one of the values, as all documents of a query do: of each value the first of its rows.
  package let units: [Int]?

  package init(
    _ numerators: [Double], _ denominators: [Double], _ form: Form = .plain, units: [Int]? = nil
  ) {
    self.numerators = numerators
    self.denominators = denominators
    self.form = form
    self.units = units
  }

  /// The mean of values, with weights where there are any.
  package init(mean values: [Double], weights: [Double]?, _ form: Form = .plain) {
    if let weights {
      self.init(values.indices.map { values[$0] * weights[$0] }, weights, form)
    } else {
      self.init(values, [Double](repeating: 1, count: values.count), form)
    }
  }

  package var value: Double {
    get throws(Undefined) { form.value(try quotient) }
  }

  /// The metric alone, of values whose mean it is: nothing else is kept.
  static func value(mean values: [Double], weights: [Double]?, _ form: Form = .plain) throws(Undefined) -> Double {
    if let weights { return try RowMeans(mean: values, weights: weights, form).value }
    guard !values.isEmpty else { throw .noObservations }
    return form.value(values.compensatedSum / Double(values.count))
  }

  /// How far each row moves the metric, to first order: their mean is 0, and the variance of the metric is their mean
  /// square over the number of rows. The difference of two models has the differences of theirs.
  package var influences: [Double] {
    get throws(Undefined) {
      let q = try quotient
      let slope: Double
      switch form {
      case .plain: slope = 1
      case .root:
        guard q > 0 else { throw .zeroVariance }
        slope = 0.5 / q.squareRoot()
      case .exponential: slope = exp(q)
      case .complement: slope = -1
      case .scaled(let factor): slope = factor
      }
      let scale = slope * Double(denominators.count) / denominators.compensatedSum
      return zip(numerators, denominators).map { ($0 - q * $1) * scale }
    }
  }

  /// The quotient of the two sums.
  package var quotient: Double {
    get throws(Undefined) {
      let divisor = denominators.compensatedSum
      guard divisor != 0 else { throw .noObservations }
      let q = numerators.compensatedSum / divisor
      guard q.isFinite else { throw .outsideDomain("the values are too large to compute with") }
      return q
    }
  }
}
