// swift-tools-version: 6.2
import PackageDescription

// The house, bottom up: bytes -> columns -> aggregates -> findings -> reports.
// `ArchitectureTests` reads the same arrows from the sources.

// A warning ends the build where we look for them. Whoever builds the program with a newer compiler gets its warnings, and
// the program.
let watched: [SwiftSetting] = Context.environment["CI"] == nil ? [] : [.treatAllWarnings(as: .error)]

let settings: [SwiftSetting] =
  [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ] + watched

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

// Tests that compute much themselves, as oracles and simulations do, are optimised like what they test. For the others
// the optimiser would take longer than all of their runs: most of the time of a build.
func tests(
  _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = [], compute: Bool = false
) -> Target {
  .testTarget(
    name: name, dependencies: dependencies, exclude: exclude,
    swiftSettings: compute ? settings : settings + [.unsafeFlags(["-Onone"], .when(configuration: .release))])
}

// The binary carries the Swift runtime: it starts a fifth sooner, and also runs where no toolchain is. A test target that
// names it as a dependency would be linked so, too, beside the runtime of the testing library: none does, and a build of
// the tests builds every product.
let ownRuntime: [LinkerSetting] = [
  .unsafeFlags(["-static-stdlib"], .when(configuration: .release)),
  .linkedLibrary("_FoundationCShims", .when(configuration: .release)),
  .linkedLibrary("_FoundationCollections", .when(configuration: .release)),
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "Cupel",
  products: [
    .executable(name: "cupel", targets: ["cupel"]),
    .executable(name: "cupel-sample-endpoint", targets: ["cupel-sample-endpoint"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/swhitty/FlyingFox", exact: "0.27.1"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2", traits: []),
    .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
  ],
  targets: [
    // The words everybody shares, and three formats that know nothing of Cupel.
    library("Verdict"),
    library("JSON"),
    library("Protobuf", ["JSON"]),
    library("XML", ["CLibXML2"]),

    // The language of the config: located nodes, shapes that decode them, and the YAML reader.
    library("Language", ["Verdict", "JSON"]),
    library("Config", ["Language", "Verdict", "CLibYAML"]),

    // Reading tables and judging them.
    .target(
      name: "CKernels",
      linkerSettings: ["re2", "simdjson", "z", "zstd", "snappy", "lz4", "brotlidec"].map { .linkedLibrary($0) }),
    library("Scan", ["CKernels", "JSON"]),
    library("Expressions", ["Scan", "Language"]),
    library("Planning", ["Scan"]),
    library("Profiles", ["Planning", "Scan", "JSON", "Verdict"]),
    library("DataChecks", ["Planning", "Scan", "Expressions", "JSON", "Language", "Statistics", "Verdict"]),

    // The mathematics under every verdict.
    .target(name: "CNumerics"),
    library("Statistics", ["CNumerics"]),
    library("Metrics", ["Statistics"]),

    .executableTarget(
      name: "statistics-benchmark", dependencies: ["Statistics"], path: "Benchmarks/Statistics",
      swiftSettings: settings),
    .executableTarget(
      name: "drift-benchmark", dependencies: ["Statistics"], path: "Benchmarks/Drift", swiftSettings: settings),
    .executableTarget(
      name: "domain-benchmark", dependencies: ["Statistics"], path: "Benchmarks/Domain", swiftSettings: settings),
    .executableTarget(
      name: "metrics-benchmark", dependencies: ["Metrics", "Statistics"], path: "Benchmarks/Metrics",
      swiftSettings: settings),

    // Comparing models.
    library("Baselines", ["Processes", "Transport", "JSON", "Language", "Verdict", "CSQLite"]),
    library(
      "ModelChecks",
      ["Baselines", "Expressions", "JSON", "Language", "Metrics", "Planning", "Scan", "Statistics", "Verdict"]),

    // Asking endpoints.
    // Libraries that are loaded when they are first needed.
    .target(name: "CLoading"),
    // The headers of libcurl4-openssl-dev.
    .target(name: "CCurl", dependencies: ["CLoading"]),
    library("Transport", ["CCurl"]),
    library(
      "Processes",
      [
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    library(
      "EndpointChecks", ["Transport", "Processes", "Protobuf", "Scan", "JSON", "Language", "Statistics", "Verdict"]),

    // Being asked: the headers of libmicrohttpd-dev.
    .target(name: "CMicroHTTPD", dependencies: ["CLoading"]),
    library("Serving", ["CMicroHTTPD"]),

    // Saying so.
    library("Reports", ["XML", "JSON", "Verdict"]),
    .executableTarget(
      name: "cupel",
      dependencies: [
        "Baselines", "Config", "Language", "DataChecks", "ModelChecks", "EndpointChecks", "Expressions", "Planning",
        "Metrics", "Profiles", "Scan", "Serving", "Statistics", "Reports", "JSON", "Verdict", argumentParser,
      ],
      swiftSettings: settings, linkerSettings: ownRuntime),
    .executableTarget(
      name: "cupel-sample-endpoint",
      dependencies: [
        argumentParser, .product(name: "FlyingFox", package: "FlyingFox"),
        .product(name: "FlyingSocks", package: "FlyingFox"),
      ],
      path: "Sources/SampleEndpoint", swiftSettings: settings),

    // What several test targets need: temporary folders, the repository, the built binary, the pinned numbers.
    .target(name: "TestSupport", dependencies: ["Processes"], path: "Tests/TestSupport", swiftSettings: settings),
    .target(
      name: "VectorSupport", dependencies: ["Statistics", "JSON", "TestSupport"], path: "Tests/VectorSupport",
      swiftSettings: settings),
    tests("ArchitectureTests", ["TestSupport", "DataChecks", "ModelChecks", "EndpointChecks", "Verdict"]),
    tests(
      "BaselinesTests",
      ["Baselines", "Processes", "Transport", "JSON", "TestSupport", "Verdict"]),
    tests(
      "CommandTests",
      ["TestSupport", "Processes", "Transport", "XML", "JSON", "Verdict"], exclude: ["Cases"]),
    tests("ConfigTests", ["Config", "Language", "Verdict"]),
    tests(
      "DataChecksTests",
      ["TestSupport", "Config", "DataChecks", "Planning", "Scan", "Expressions", "Language", "Verdict"],
      exclude: ["Cases"]),
    tests(
      "EndpointChecksTests",
      [
        "TestSupport", "EndpointChecks", "Transport", "Processes", "Protobuf", "Scan", "JSON", "Language", "Statistics",
        "Verdict",
      ],
      exclude: [
        "Fresh/hdr_log.py", "Fresh/hypercorn_app.py", "Fresh/litserve_chat.py", "Fresh/litserve_doubler.py",
        "Fresh/sigv4_signature.py",
        "GRPC/grpc_model.py", "GRPC/h2_script.py",
      ]),
    tests("ExpressionsTests", ["TestSupport", "Expressions", "Scan"]),
    tests(
      "IntegrationTests", ["TestSupport", "Processes", "Scan", "Transport"],
      exclude: [
        "Registries/mlflow_registry.py", "Serving/bentoml_service.py", "Serving/kserve_model.py",
        "Serving/mlflow_model.py", "Serving/serving_models.py", "Sketches/sketch_images.py",
        "Tables/table_rendering.py",
        "Tables/write_arrow_tables.py",
        "Tables/write_flights_tables.py", "Tables/write_jsonlines_tables.py", "Tables/write_large_parquet.py",
        "Tables/write_page_indexes.py", "Tables/write_parquet_tables.py",
      ]),
    tests("JSONTests", ["TestSupport", "JSON"], compute: true),
    tests("LanguageTests", ["Language", "JSON", "Verdict"]),
    tests(
      "MetricsTests", ["Metrics", "Statistics", "JSON", "TestSupport", "VectorSupport"],
      exclude: ["Fresh/metric_cases.py"], compute: true),
    tests(
      "ModelChecksTests",
      [
        "TestSupport", "ModelChecks", "Baselines", "Processes", "JSON", "Language", "Metrics", "Scan", "Statistics",
        "Verdict",
      ], compute: true),
    tests("ProfilesTests", ["TestSupport", "Profiles", "Planning", "Scan", "JSON"], compute: true),
    tests("PlanningTests", ["Planning", "Scan"]),
    tests("ProtobufTests", ["Protobuf", "JSON", "TestSupport"], exclude: ["message_cases.py"]),
    tests("ProcessesTests", ["Processes", "TestSupport"]),
    tests("ReportsTests", ["TestSupport", "Reports", "XML", "JSON", "Verdict"], exclude: ["Goldens"]),
    tests("ServingTests", ["Serving", "Transport"]),
    tests("SampleEndpointTests", ["cupel-sample-endpoint", "Transport", "Processes"]),
    tests("ScanTests", ["TestSupport", "Scan", "JSON"], compute: true),
    tests(
      "StatisticsTests", ["Statistics", "JSON", "TestSupport", "VectorSupport"],
      exclude: [
        "Fresh/interval_cases.py", "Fresh/resampling_cases.py", "Fresh/sample_cases.py", "Fresh/table_cases.py",
        "Fresh/vectors.py",
      ], compute: true),
    tests("TransportTests", ["TestSupport", "Transport", "Processes"]),
    tests("VerdictTests", ["TestSupport", "Verdict"]),
    tests("XMLTests", ["XML"]),

    .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
  ],
  cxxLanguageStandard: .cxx17
)
