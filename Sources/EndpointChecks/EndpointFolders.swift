/// Where the relative paths of an endpoint's config lead.
package struct EndpointFolders: Sendable, Hashable {
  /// The folder of the config file: started commands run in it, and files are named from it.
  package var config: String
  /// The folder of the running program. A command that is not in `PATH` is looked up there.
  package var executables: String?

  package init(config: String, executables: String? = nil) {
    self.config = config
    self.executables = executables
  }

  /// The path as seen from the folder of the config.
  func resolve(_ path: String) -> String {
    if path.hasPrefix("/") || config.isEmpty { return path }
    return path == "." ? config : config + "/" + path
  }
}
