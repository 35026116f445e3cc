package import Language
internal import Scan
package import Verdict

/// Where the relative paths of an endpoint's config lead, and how files of YAML are read there.
package struct EndpointFolders: Sendable {
  /// The folder of the config file: started commands run in it, and files are named from it.
  package var config: String
  /// The folder of the running program. A command that is not in `PATH` is looked up there.
  package var executables: String?
  /// Reads a file of rules or an `MLmodel` file, given its path and how messages name it.
  package var yaml: @Sendable (_ path: String, _ name: String) -> Result<Node, Diagnostic>

  package init(
    config: String, executables: String? = nil,
    yaml: @escaping @Sendable (String, String) -> Result<Node, Diagnostic> = { _, name in
      .failure(Diagnostic("\(name) cannot be read here"))
    }
  ) {
    self.config = config
    self.executables = executables
    self.yaml = yaml
  }

  /// The path as seen from the folder of the config.
  func resolve(_ path: String) -> String {
    if path.hasPrefix("/") || config.isEmpty { return path }
    return path == "." ? config : config + "/" + path
  }

  /// Why a file that the config names could not be read.
  struct Unreadable: Error {
    var reason: String
  }

  /// A larger file is no part of a config.
  private static let maximumFileBytes = 16 << 20

  /// A file that the config names.
  func read(_ path: String) -> Result<[UInt8], Unreadable> {
    var bytes: [UInt8] = []
    do throws(ScanError) {
      let source = try FileSource(path: resolve(path), displayedAs: path)
      while try source.read(1 << 16, into: &bytes) > 0 {
        guard bytes.count <= Self.maximumFileBytes else {
          return .failure(Unreadable(reason: "\(path) is larger than \(Self.maximumFileBytes >> 20) MiB"))
        }
      }
    } catch {
      return .failure(Unreadable(reason: error.message))
    }
    return .success(bytes)
  }
}
