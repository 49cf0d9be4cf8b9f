import Foundation
import PomonaModelSamples
import Testing

@testable import PomonaPrediction

@Suite("OpenVINORuntime")
struct OpenVINORuntimeTests {
    private static let parts = [
        "libopenvino_c.so.2641", "libopenvino.so.2641", "libopenvino_intel_cpu_plugin.so",
        "libopenvino_arm_cpu_plugin.so", "libopenvino_onnx_frontend.so.2641", "libopenvino_ir_frontend.so.2641",
    ]

    private func install(_ names: [String], in folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for name in names { try Data("no library".utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)")) }
    }

    @Test("Nothing installed: the error lists where it was looked for and says what to do")
    func nowhere() throws {
        try withTemporaryFolder { folder in
            let program = "\(folder)/.build/release"
            try FileManager.default.createDirectory(atPath: program, withIntermediateDirectories: true)
            let error = #expect(throws: OpenVINOError.self) {
                try OpenVINORuntime.find(environment: [:], programFolder: program)
            }
            #expect(error?.code == "openVINOMissing")
            #expect(error?.message.contains("\(program)/openvino") == true)
            #expect(error?.message.contains("\(folder)/.openvino") == true)
            #expect(error?.hint?.contains("OPENVINO") == true)
        }
    }

    @Test("A folder that OPENVINO names is the only one looked in")
    func named() throws {
        try withTemporaryFolder { folder in
            try install(Self.parts, in: "\(folder)/.openvino")
            #expect(throws: OpenVINOError.notAnInstallation(folder: "\(folder)/other")) {
                try OpenVINORuntime.find(environment: ["OPENVINO": "\(folder)/other"], programFolder: folder)
            }
        }
    }

    @Test("Every library that is missing is named", arguments: 0..<6)
    func halfInstalled(missing index: Int) throws {
        try withTemporaryFolder { folder in
            let missing = String(Self.parts[index].prefix { $0 != "." }) + ".so"
            try install(Self.parts.enumerated().filter { $0.offset != index }.map(\.element), in: "\(folder)/libs")
            #if arch(arm64)
                let other = "libopenvino_intel_cpu_plugin.so"
            #else
                let other = "libopenvino_arm_cpu_plugin.so"
            #endif
            let error = #expect(throws: OpenVINOError.self) { try OpenVINORuntime(libraryFolder: folder) }
            // The other processor's plug-in is not needed, so that installation is complete, if of no use.
            #expect(error?.message.contains("\(missing) missing") == (missing != other))
        }
    }

    @Test("Files that are no libraries are refused with the loader's reason")
    func broken() throws {
        try withTemporaryFolder { folder in
            try install(Self.parts, in: folder)
            let error = #expect(throws: OpenVINOError.self) { try OpenVINORuntime(libraryFolder: folder) }
            guard case .notLoadable(let path, let reason)? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(path == "\(folder)/libopenvino_c.so.2641")
            #expect(!reason.isEmpty)
        }
    }

    @Test("A library without the functions that are needed is another version")
    func otherLibrary() throws {
        try withTemporaryFolder { folder in
            try install(Array(Self.parts.dropFirst()), in: folder)
            // Any library of the system has none of them.
            let libraries = ["/lib/x86_64-linux-gnu/libm.so.6", "/lib/aarch64-linux-gnu/libm.so.6", "/lib64/libm.so.6"]
            let library = try #require(libraries.first { FileManager.default.fileExists(atPath: $0) })
            try FileManager.default.createSymbolicLink(
                atPath: "\(folder)/libopenvino_c.so", withDestinationPath: library)
            #expect(throws: OpenVINOError.otherVersion(folder: folder, found: nil)) {
                try OpenVINORuntime(libraryFolder: folder)
            }
        }
    }

    @Test(
        "Versions of other years are refused, with the version in the message",
        arguments: ["2023.3.0", "2027.0.0", "x"])
    func years(version: String) {
        let error = #expect(throws: OpenVINOError.self) {
            try OpenVINORuntime.version(ofBuild: "\(version)-123-abc", folder: "/somewhere")
        }
        #expect(error?.message.contains(version) == true)
    }

    @Test("The version is what stands before the build's number")
    func version() throws {
        #expect(try OpenVINORuntime.version(ofBuild: "2025.4.1-20426-82bbf-releases/2025/4", folder: "") == "2025.4.1")
    }

    @Test(
        "An installed OpenVINO opens, and opens again",
        .enabled(if: InstalledOpenVINO.isPresent, InstalledOpenVINO.absence))
    func opens() throws {
        let runtime = try InstalledOpenVINO.found.get()
        #expect(runtime.version.split(separator: ".").count == 3)
        #expect(try OpenVINORuntime(libraryFolder: runtime.libraryFolder).version == runtime.version)
    }

    @Test("What OpenVINO says is cut down to what tells something")
    func sentences() {
        let text = """
            Exception from src/inference/src/cpp/core.cpp:121:
            Check 'x' failed at src/core.cpp:3:
              Model file does not exist

            """
        #expect(OpenVINOCall.sentence(from: text) == "Model file does not exist")
        #expect(OpenVINOCall.sentence(from: "") == "no reason was given")
        #expect(OpenVINOCall.sentence(from: "Exception from a.cpp:1:") == "Exception from a.cpp:1:")
    }
}
