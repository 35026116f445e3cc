package import Language
internal import Transport
package import Verdict

/// An endpoint that is started, asked and stopped, or asked where somebody else runs it.
package struct EndpointSubject: Subject {
  package var name: String
  package var location: SourceLocation?
  let declaration: EndpointDeclaration
  let folders: EndpointFolders
  let plan: EndpointPlan

  init(name: Located<String>, declaration: EndpointDeclaration, folders: EndpointFolders) {
    self.name = name.value
    self.location = name.location
    self.declaration = declaration
    self.folders = folders
    self.plan = EndpointPlan(name: name.value, declaration: declaration)
  }

  /// The whole of `endpoints:`: a subject for each name, in the order of the file.
  package static func shape(_ folders: EndpointFolders) -> Shape<[EndpointSubject]> {
    EndpointDeclaration.shape.subjects.map { endpoints, _, problems in
      endpoints.map { name, declaration in
        let loaded = declaration.loaded(from: folders, &problems)
          .naming(baselinesOf: name.value, among: endpoints, &problems)
        return EndpointSubject(name: name, declaration: loaded, folders: folders)
      }
    }
  }

  package var suite: Suite { .endpoints }

  package var checks: [PlannedCheck] { plan.checks }

  package func evaluate(_ selection: Selection, in context: RunContext) async -> [Finding] {
    guard checks.contains(where: { selection.includes($0.id) }) else { return [] }
    let client = HTTPClient()
    var declaration = declaration
    for name in Self.proxyVariables {
      if let proxy = context.environment[name] { declaration.secrets.add(proxy: proxy) }
    }
    let run = EndpointRun(
      name: name, declaration: declaration, plan: plan, folders: folders, selection: selection, context: context,
      client: client)
    let findings = await run.findings()
    await client.shutdown()
    // Servers echo what they are sent, in replies, errors and logs, so every text is looked through.
    let result = RunResult(version: "", startedAt: 0, findings: findings)
    let secrets = declaration.secrets
    return result.mapText { secrets.mask($0) }.findings
  }

  /// Where libcurl finds a proxy when the config names none.
  private static let proxyVariables = [
    "http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "HTTP_PROXY",
  ]
}
