internal import JSON

extension FeatureRows {
  /// The prompt in the only row: the first of these columns that is there, else the only column. Nil when there are no
  /// columns at all: a request without a prompt is one to be refused.
  func prompt(among names: [String]) throws(Complaint) -> JSONValue? {
    guard let column = names.lazy.compactMap({ self[$0] }).first ?? (columns.count == 1 ? columns[0] : nil) else {
      guard columns.isEmpty else {
        throw Complaint(
          .unwritable(
            "none of the columns \(self.names.joined(separator: ", ")) is called \(names.joined(separator: " or ")): "
              + "name the one that is sent with rows: {file: …, features: [COLUMN]}"))
      }
      return nil
    }
    return column.values.first
  }
}
