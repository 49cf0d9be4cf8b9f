import ArgumentParser
import Foundation

extension DatasetCommand {
    struct Report: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show what the doctor finds in a dataset's label files and photos.")
        @Argument var name: String
        @OptionGroup var house: HouseArguments

        func run() async throws {
            try await house.run { client in
                let id = try await client.dataset(name, house)["id"].text ?? ""
                return try await client.get("/datasets/\(id)/doctor")
            } text: {
                ReportText($0).text
            }
        }
    }

    struct Repair: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Mend what can be mended in a dataset's label files; the files themselves stay beside it.")
        @Argument var name: String
        @OptionGroup var house: HouseArguments

        func run() async throws {
            try await house.run { client in
                let id = try await client.dataset(name, house)["id"].text ?? ""
                return try await client.send(.post, "/datasets/\(id)/doctor:repair")
            } text: { answer in
                let actions = answer["actions"].array.compactMap(\.text)
                let done = actions.isEmpty ? ["Nothing was to be mended."] : actions
                return (done + ["", ReportText(answer["report"]).text]).joined(separator: "\n")
            }
        }
    }

    struct Statistics: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show how labels are spread over a dataset's photos.")
        @Argument var name: String
        @OptionGroup var house: HouseArguments

        func run() async throws {
            try await house.run { client in
                let id = try await client.dataset(name, house)["id"].text ?? ""
                return try await client.get("/datasets/\(id)/statistics")
            } text: {
                Self.text($0)
            }
        }

        private static func text(_ statistics: JSON) -> String {
            let perPhoto = statistics["annotationsPerPhoto"].array.compactMap(\.integer)
            let sizes = statistics["photoSizes"].array.map {
                "  \($0["width"].integer ?? 0) x \($0["height"].integer ?? 0): \($0["count"].integer ?? 0) photos"
            }
            var lines = [
                "\(statistics["labeledPhotoCount"].integer ?? 0) of \(statistics["photoCount"].integer ?? 0) photos "
                    + "labeled, \(statistics["annotationCount"].integer ?? 0) annotations", "Tags:",
            ]
            lines += statistics["tags"].array.map {
                "  \($0["name"].text ?? ""): \($0["annotations"].integer ?? 0) on \($0["photos"].integer ?? 0) photos"
            }
            lines.append("Annotations of a photo:")
            lines += perPhoto.enumerated().filter { $0.element > 0 }.map { number, count in
                "  \(number)\(number == perPhoto.count - 1 ? " or more" : ""): \(count) photos"
            }
            return (lines + ["Sizes of photos:"] + sizes).joined(separator: "\n")
        }
    }

    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Write a dataset's labels as one COCO file.")
        @Argument var name: String
        @Option(help: "The file to write.") var output: String
        @Option(help: "What the boxes are in: pixels, or fractions as Image Analysis 4.0 has them.") var form = "pixels"
        @OptionGroup var house: HouseArguments

        func validate() throws {
            guard ["pixels", "fractions"].contains(form) else {
                throw ValidationError("--form must be pixels or fractions, found \(form).")
            }
        }

        func run() async throws {
            try OutputFile.check(output)
            try await house.run { client in
                let id = try await client.dataset(name, house)["id"].text ?? ""
                let count = try await client.download("/datasets/\(id)/export?form=\(form)", to: output)
                return ["file": .string(output), "bytes": .number(Double(count))]
            } text: {
                "\(output): \($0["bytes"].integer ?? 0) bytes."
            }
        }
    }
}
