package import Language
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
}
