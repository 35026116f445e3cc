/// Why a file could not be read.
package enum FileError: Error, Sendable, Hashable {
  case notFound
  /// A folder, pipe or device; the text completes "… is".
  case notRegular(String)
  case tooLarge(limit: Int)
  /// The system's own words.
  case unreadable(String)

  /// What happened to the file of that name, in one clause.
  package func message(for name: String) -> String {
    switch self {
    case .notFound: "\(name) does not exist"
    case .notRegular(let kind): "\(name) is \(kind)"
    case .tooLarge(let limit): "\(name) is larger than the \(limit >> 20) MiB that are read"
    case .unreadable(let reason): "\(name) could not be read: \(reason)"
    }
  }

  /// What to do next.
  package var advice: String {
    switch self {
    case .notFound: "check the path: it is relative to the file that names it"
    case .notRegular: "name a file"
    case .tooLarge: "name the file with the summary, not the one with the raw results"
    case .unreadable: "check the permissions and the disk"
    }
  }
}
