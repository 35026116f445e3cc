/// The rows of one task: columns of equal length.
package protocol MetricRows: Sendable {
  static var task: MetricTask { get }
  /// The metrics that judge them: the registry's lines of this task.
  static var metrics: [MetricDefinition<Self>] { get }
  var count: Int { get }
  /// The rows at these indices, in this order and as often as they are named: a slice, or a resample. O(indices).
  func rows(at indices: [Int]) -> Self
}

extension Array {
  /// The elements at these indices.
  func elements(at indices: [Int]) -> [Element] { indices.map { self[$0] } }

  /// The rows of a table that is stored row by row.
  func elements(at indices: [Int], width: Int) -> [Element] {
    var elements: [Element] = []
    elements.reserveCapacity(indices.count * width)
    for index in indices { elements += self[index * width..<(index + 1) * width] }
    return elements
  }
}
