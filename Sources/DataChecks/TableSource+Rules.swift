internal import Language
internal import Scan

extension TableSource {
  /// The source as the rules of its dataset have it read, whichever dataset's checks look at it.
  func read(by rules: Rules) -> TableSource {
    var source = self
    for column in rules.columns { source.options.missingCodes[column.name.value] = column.value.missingCodes }
    return source
  }
}
