// swift-tools-version: 6.1
import PackageDescription

/// Language features every target is compiled with.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// Where libtorch is: an installed torch folder named by LIBTORCH (headers in include/, libraries in lib/), or Debian's
/// libtorch-dev.
let libtorch = Context.environment["LIBTORCH"].flatMap { $0.isEmpty ? nil : $0 }
let libtorchHeaders =
    libtorch.map { ["\($0)/include", "\($0)/include/torch/csrc/api/include"] }
    // /usr/include itself is searched anyway, and naming it again would put it before the C++ library's own headers.
    ?? ["/usr/include/torch/csrc/api/include"]
let libtorchCompile: [CXXSetting] = [.unsafeFlags(libtorchHeaders.flatMap { ["-isystem", $0] })]
/// A named libtorch is linked by its files' paths: by their names alone Debian's could be found first.
let libtorchLink: [LinkerSetting] =
    libtorch.map { folder in
        let files = ["libtorch.so", "libtorch_cpu.so", "libc10.so"].map { "\(folder)/lib/\($0)" }
        return [.unsafeFlags((files + ["-rpath", "\(folder)/lib"]).flatMap { ["-Xlinker", $0] })]
    } ?? [.linkedLibrary("torch"), .linkedLibrary("torch_cpu"), .linkedLibrary("c10")]

// Targets stand in the order of docs/architecture.md: each imports only what stands above it here.
let package = Package(
    name: "Pomona",
    dependencies: [
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2"),
        .package(url: "https://github.com/apple/swift-protobuf", exact: "1.39.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/apple/swift-metrics", exact: "2.13.0"),
        .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    ],
    targets: [
        .target(name: "PomonaCore", swiftSettings: strict),
        // libvips' own pkg-config file brings -pthread, which SwiftPM warns of and drops; its headers and its library
        // lie where compilers look anyway, and GLib's, which do not, come with GObject's file.
        .systemLibrary(name: "CVipsLibrary", pkgConfig: "gobject-2.0", providers: [.apt(["libvips-dev"])]),
        .target(name: "CPixels"),
        // Opened when the first photo is decoded, not linked.
        .target(name: "CVips", dependencies: ["CVipsLibrary", "CPixels"]),
        .target(name: "CSimdjson", linkerSettings: [.linkedLibrary("simdjson")]),
        .target(name: "CTorch", cxxSettings: libtorchCompile, linkerSettings: libtorchLink),
        .target(name: "PomonaImaging", dependencies: ["PomonaCore", "CVips", "CPixels"], swiftSettings: strict),
        .target(name: "PomonaCOCO", dependencies: ["PomonaCore", "CSimdjson"], swiftSettings: strict),
        .target(name: "PomonaSample", dependencies: ["PomonaCore"], swiftSettings: strict),
        .target(name: "PomonaEvaluation", dependencies: ["PomonaCore"], swiftSettings: strict),
        .target(
            name: "PomonaStore",
            dependencies: [
                "PomonaCore", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Crypto", package: "swift-crypto"),
            ], swiftSettings: strict),
        .target(
            name: "PomonaJobs",
            dependencies: [
                "PomonaCore", "PomonaEngine", "PomonaStore", .product(name: "Logging", package: "swift-log"),
            ], swiftSettings: strict),
        .target(
            name: "PomonaDatasets",
            dependencies: [
                "PomonaCore", "PomonaCOCO", "PomonaImaging", "PomonaStore",
                .product(name: "Crypto", package: "swift-crypto"),
            ], swiftSettings: strict),
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
        .target(
            name: "PomonaLabeling",
            dependencies: [
                "PomonaCore", "PomonaCOCO", "PomonaImaging", "PomonaEvaluation", "PomonaEngine", "PomonaStore",
                "PomonaJobs", "PomonaDatasets", "CZlib", .product(name: "Logging", package: "swift-log"),
            ], swiftSettings: strict),
        // The page's files are found beside the program or in the source tree.
        .target(name: "PomonaWeb", exclude: ["Resources"], swiftSettings: strict),
        .target(
            name: "PomonaAPI",
            dependencies: [
                "PomonaCore", "PomonaCOCO", "PomonaImaging", "PomonaEvaluation", "PomonaModel", "PomonaExport",
                "PomonaEngine",
                "PomonaStore", "PomonaJobs", "PomonaDatasets", "PomonaLabeling", "PomonaWeb",
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Crypto", package: "swift-crypto"), .product(name: "Logging", package: "swift-log"),
            ],
            // Part of the program itself, so that it needs no folder beside it.
            resources: [.embedInCode("Vision/OpenAPI/openapi.json")], swiftSettings: strict),
        .target(name: "PomonaTensor", dependencies: ["PomonaCore", "CTorch"], swiftSettings: strict),
        .target(name: "PomonaModel", dependencies: ["PomonaCore"], swiftSettings: strict),
        .target(
            name: "PomonaExport",
            dependencies: ["PomonaCore", "PomonaModel", .product(name: "SwiftProtobuf", package: "swift-protobuf")],
            exclude: [
                "Messages/onnx_graph.proto", "Messages/onnx_model.proto", "Messages/onnx_stored.proto",
                "Messages/onnx_tensor.proto", "Messages/onnx_value.proto",
            ], swiftSettings: strict),
        .target(
            name: "PomonaFoundations",
            dependencies: [
                "PomonaCore", "PomonaModel", "PomonaExport", .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
            ], swiftSettings: strict),
        // OpenVINO itself is opened while the program runs.
        .target(name: "COpenVINO", linkerSettings: [.linkedLibrary("dl")]),
        .target(
            name: "PomonaPrediction",
            dependencies: [
                "PomonaCore", "PomonaImaging", "PomonaModel", "PomonaExport", "COpenVINO",
                .product(name: "Crypto", package: "swift-crypto"),
            ], swiftSettings: strict),
        .target(
            name: "PomonaVision", dependencies: ["PomonaCore", "PomonaModel", "PomonaTensor"], swiftSettings: strict),
        .target(
            name: "PomonaEngine",
            dependencies: [
                "PomonaCore", "PomonaEvaluation", .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ], swiftSettings: strict),
        .target(
            name: "PomonaTraining",
            dependencies: [
                "PomonaCore", "PomonaImaging", "PomonaEvaluation", "PomonaModel", "PomonaSample", "PomonaEngine",
                "PomonaTensor", "PomonaVision", .product(name: "Crypto", package: "swift-crypto"),
            ], swiftSettings: strict),
        .executableTarget(
            name: "pomona-engine",
            dependencies: [
                "PomonaTraining", "PomonaVision", "PomonaModel", "PomonaTensor", "PomonaImaging", "PomonaEngine",
                "PomonaCore",
            ], swiftSettings: strict),
        .executableTarget(
            name: "pomona",
            dependencies: [
                "PomonaAPI", "PomonaLabeling", "PomonaWeb", "PomonaDatasets", "PomonaJobs", "PomonaStore",
                "PomonaPrediction", "PomonaExport", "PomonaEngine", "PomonaFoundations",
                "PomonaCOCO", "PomonaSample", "PomonaImaging", "PomonaModel", "PomonaEvaluation", "PomonaCore",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ], swiftSettings: strict),
        .executableTarget(
            name: "pomona-bench",
            dependencies: ["PomonaEvaluation", "PomonaCOCO", "PomonaExport", "PomonaPrediction", "PomonaCore"],
            swiftSettings: strict),
        .executableTarget(
            name: "pomona-engine-bench",
            dependencies: [
                "PomonaTraining", "PomonaVision", "PomonaModel", "PomonaTensor", "PomonaCOCO", "PomonaCore",
            ], swiftSettings: strict),
        .testTarget(name: "PomonaCoreTests", dependencies: ["PomonaCore"], swiftSettings: strict),
        .testTarget(name: "PomonaTensorTests", dependencies: ["PomonaTensor"], swiftSettings: strict),
        .testTarget(name: "PomonaModelTests", dependencies: ["PomonaModel", "PomonaCore"], swiftSettings: strict),
        // Model files, and a server that misbehaves, for the tests of whatever reads them.
        .target(
            name: "PomonaModelSamples", dependencies: ["PomonaVision", "PomonaTensor", "PomonaModel", "PomonaCore"],
            path: "Tests/PomonaModelSamples", swiftSettings: strict),
        .testTarget(
            name: "PomonaPredictionTests",
            dependencies: [
                "PomonaPrediction", "PomonaModelSamples", "PomonaVision", "PomonaTensor", "PomonaExport", "PomonaModel",
                "PomonaImaging", "COpenVINO", "PomonaCore",
            ], swiftSettings: strict),
        .testTarget(
            name: "PomonaExportTests",
            dependencies: [
                "PomonaExport", "PomonaModelSamples", "PomonaVision", "PomonaTensor", "PomonaModel", "PomonaImaging",
                "PomonaCore",
                .product(name: "SwiftProtobuf", package: "swift-protobuf"),
            ], exclude: ["Python"], swiftSettings: strict),
        .testTarget(
            name: "PomonaFoundationsTests",
            dependencies: ["PomonaFoundations", "PomonaModelSamples", "PomonaExport", "PomonaModel", "PomonaCore"],
            swiftSettings: strict),
        .testTarget(
            name: "PomonaVisionTests", dependencies: ["PomonaVision", "PomonaModel", "PomonaTensor", "PomonaCore"],
            exclude: ["Golden"], swiftSettings: strict),
        .testTarget(
            name: "PomonaImagingTests", dependencies: ["PomonaImaging", "PomonaCore"], exclude: ["Fixtures"],
            swiftSettings: strict),
        .testTarget(
            name: "PomonaCOCOTests", dependencies: ["PomonaCOCO", "CSimdjson", "PomonaCore"], swiftSettings: strict),
        .testTarget(
            name: "PomonaSampleTests", dependencies: ["PomonaSample", "PomonaCore"], swiftSettings: strict),
        .testTarget(
            name: "PomonaEvaluationTests", dependencies: ["PomonaEvaluation", "PomonaCore"],
            exclude: ["Golden"], swiftSettings: strict),
        .testTarget(
            name: "PomonaStoreTests",
            dependencies: [
                "PomonaStore", "PomonaCore", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            exclude: ["Fixtures"], swiftSettings: strict),
        .testTarget(
            name: "PomonaJobsTests",
            dependencies: [
                "PomonaJobs", "PomonaEngine", "PomonaStore", "PomonaCore",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "PomonaAPITests",
            dependencies: [
                "PomonaAPI", "PomonaImaging", "PomonaEvaluation", "PomonaStore", "PomonaJobs", "PomonaDatasets",
                "PomonaEngine", "PomonaWeb", "PomonaCore",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Crypto", package: "swift-crypto"), .product(name: "Logging", package: "swift-log"),
            ], swiftSettings: strict),
        .testTarget(
            name: "PomonaLabelingTests",
            dependencies: [
                "PomonaLabeling", "PomonaDatasets", "PomonaJobs", "PomonaStore", "PomonaImaging", "PomonaCOCO",
                "PomonaEvaluation", "PomonaEngine", "PomonaCore", .product(name: "Logging", package: "swift-log"),
            ], swiftSettings: strict),
        .testTarget(
            name: "PomonaTrainingTests",
            dependencies: [
                "PomonaTraining", "PomonaVision", "PomonaEngine", "PomonaEvaluation", "PomonaTensor", "PomonaModel",
                "PomonaImaging", "PomonaCore",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "PomonaCommandTests",
            dependencies: [
                "PomonaModelSamples", "PomonaModel", "PomonaEngine", "PomonaCOCO", "PomonaImaging", "PomonaCore",
            ],
            swiftSettings: strict),
    ],
    // libtorch 2.x asks for C++20; Debian's 1.13 predates it.
    cxxLanguageStandard: libtorch == nil ? .cxx17 : .cxx20
)
