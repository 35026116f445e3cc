internal import JSON
internal import Scan

/// What the series of a watched number are called in a history: `mean`, of some rows `mean where a > 4`, and of each group
/// of rows `mean by {"carrier":"AA"}`.
struct SeriesName: Sendable {
  /// The number, with the condition of its rows.
  private let number: String
  /// The columns whose values make groups.
  private let columns: [String]

  init(_ number: String, where condition: String?, by columns: [String]) {
    self.number = condition.map { "\(number) where \($0)" } ?? number
    self.columns = columns
  }

  /// The name of a group's series; of all rows when there are no groups.
  func metric(of group: RowGroup) -> String {
    guard !columns.isEmpty else { return number }
    let members = zip(columns, group.values).map { column, value in
      JSONObject.Member(column, value.map { .string($0) } ?? .null)
    }
    return beginning + JSONWriter.compact.string(.object(JSONObject(members)))
  }

  /// The group of which a series is; nil when it is not one of these.
  func group(of metric: String) -> RowGroup? {
    guard !columns.isEmpty else { return metric == number ? RowGroup() : nil }
    guard metric.hasPrefix(beginning),
      case .object(let object)? = try? JSONParser.parse(String(metric.dropFirst(beginning.count))),
      object.members.map(\.key) == columns
    else { return nil }
    var values: [String?] = []
    for member in object.members {
      switch member.value {
      case .string(let text): values.append(text)
      case .null: values.append(nil)
      default: return nil
      }
    }
    return RowGroup(values)
  }

  var isOfGroups: Bool { !columns.isEmpty }

  private var beginning: String { "\(number) by " }
}
