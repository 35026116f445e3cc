/// A file for the artifacts of a run: a report, as a rule.
package struct MLflowArtifact: Sendable, Equatable {
  /// Below the run's artifacts: `cupel/report.xml`.
  package var path: String
  package var bytes: [UInt8]

  /// - Parameter file: the path of the file here, whose last part the artifact is called by.
  package init(file: String, bytes: [UInt8]) {
    path = Self.folder + "/" + (file.split(separator: "/").last.map(String.init) ?? "report")
    self.bytes = bytes
  }

  /// Where all of them stand, so that nothing of the run itself is replaced.
  package static let folder = "cupel"

  /// The media type that the ending of the name speaks of.
  var type: String {
    switch path.split(separator: ".").last?.lowercased() {
    case "json": "application/json"
    case "xml": "application/xml"
    case "md", "txt": "text/plain; charset=utf-8"
    default: "application/octet-stream"
    }
  }
}
