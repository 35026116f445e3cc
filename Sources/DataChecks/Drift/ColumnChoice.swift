internal import Language
internal import Scan
internal import Verdict

/// Which columns a check compares with those of another table: all that the other one has, or some; but for exceptions.
package struct ColumnChoice: Sendable {
  /// The columns that the rules name; nil for all.
  package var named: [String]?
  private var exceptions: Located<[String]>?

  package init(_ named: [String]? = nil) { self.named = named }

  /// Columns that are not compared.
  package var except: [String] { exceptions?.value ?? [] }

  /// - Parameter named: `all`, one column, or a list.
  static func keys<Root>(
    _ path: WritableKeyPath<Root, ColumnChoice>, _ named: Shape<[String]?> = ColumnChoice.shape, columns: String,
    except: String
  ) -> [Key<Root>] {
    let keys: [Key<ColumnChoice>] = [
      .key("columns", \.named, named, columns),
      .optional("except", \.exceptions, Shape<[String]>.oneOrMoreColumns.located, except),
    ]
    return keys.map { $0.within(path) }
  }

  /// Columns, or `all`, which is nil.
  static var shape: Shape<[String]?> {
    Shape<[String]>.oneOrMoreColumns.map { columns -> [String]? in columns == ["all"] ? nil : columns }
  }

  /// The columns that are compared, as far as that follows from those of the other table.
  func columns(among theirs: [String]) -> [String] { (named ?? theirs).filter { !except.contains($0) } }

  /// The columns that this table must have although the check does without them: those of the other one where all are
  /// compared, and exceptions that the other one does not have, which may be misspelt. None while the columns of the other
  /// one are not known.
  func expected(among theirs: [String]) -> [String] {
    guard !theirs.isEmpty else { return [] }
    let known = Set(theirs.map { ExactText($0) })
    return (named == nil ? columns(among: theirs) : []) + except.filter { !known.contains(ExactText($0)) }
  }

  /// Whether something is compared, and nothing is said of columns that are not; if not, the problems say why.
  ///
  /// - Parameter overridden: columns of which something is said differently.
  func isSound(
    among theirs: [String], overriding overridden: [Located<String>] = [], _ problems: inout Problems
  ) -> Bool {
    let candidates = named ?? theirs
    guard !candidates.isEmpty else { return true }
    var isSound = true
    func report(_ name: String, at location: SourceLocation, among columns: [String], _ words: String) {
      let near = nearest(name, among: columns).map { "did you mean \"\($0)\"?" }
      problems.report("\"\(name)\" is not \(words)", at: location, label: near)
      isSound = false
    }
    if let named, let exceptions {
      for name in exceptions.value where !named.contains(name) {
        report(name, at: exceptions.location, among: named, "among the columns, and so it is no exception")
      }
    }
    let compared = columns(among: theirs)
    if compared.isEmpty, let exceptions {
      problems.report("no column is left to compare", at: exceptions.location)
      return false
    }
    for name in overridden where !compared.contains(name.value) {
      report(name.value, at: name.location, among: compared, "compared, and so nothing can be said of it")
    }
    return isSound
  }
}
