import PomonaCore
import PomonaModel

/// The text beside an exported file: what goes in, what comes out, and programs to copy.
struct ExportReadme {
    let description: ModelDescription
    let options: ONNXExportOptions
    /// File name of the exported network, beside the text.
    let network: String

    var text: String {
        """
        # \(network)

        A \(description.kind.rawValue) for \(labelList), exported by Pomona \(ProgramVersion.current) as ONNX \
        (operator set \(GraphBuilder.operatorSet), \(options.precision.rawValue)). Any runtime for ONNX opens it.

        \(interface)

        The file's metadata holds the labels (`labels`), the input form (`input`) and where the model comes from, as JSON.

        ## Python

        Needs `pip install onnxruntime numpy pillow`. Run it as `python detect.py photo.jpg`.

        ```python
        \(python)
        ```

        ## C++

        For OpenVINO 2024 or newer; link with `-lopenvino`. The planes are filled as the input above says, which is left to
        whatever decodes your photos.

        ```cpp
        \(cplusplus)
        ```

        ## Swift

        For OpenVINO 2026 or newer, through its C interface, of which a folder `OpenVINO` with two files makes a module:
        `openvino.h` with the line `#include <openvino/c/openvino.h>`, and `module.modulemap`:

        ```
        \(swiftModule)
        ```

        Then, with `include` and `lib` as the folders of OpenVINO's headers and libraries,
        `swiftc -I OpenVINO -Xcc -Iinclude -Llib detect.swift` builds this, whose planes are filled as above:

        ```swift
        \(swift)
        ```

        """
    }

    private var labelList: String {
        let lines = description.labels.prefix(20).map { $0.split(whereSeparator: \.isNewline).joined(separator: " ") }
        let shown = lines.joined(separator: ", ")
        let more = description.labels.count - 20
        return more > 0 ? "\(shown) and \(more) more labels" : shown
    }

    private var interface: String {
        let input =
            "| in | `\(ModelGraph.inputName)` | `[\(batch), 3, \(size.height), \(size.width)] float32` | "
            + "\(description.input.words) |"
        let rows = [input] + outputs.map { "| out | `\($0.name)` | `\($0.shape)` | \($0.meaning) |" }
        return "| | Name | Shape | Meaning |\n|---|---|---|---|\n" + rows.joined(separator: "\n")
    }

    var size: ImageSize { description.input.size }

    var batchCount: Int { if case .fixed(let count) = options.batch { count } else { 1 } }

    var background: Float { Float(description.input.fill) * description.input.white / 255 }

    private var batch: String {
        switch options.batch {
        case .dynamic: "N"
        case .fixed(let count): "\(count)"
        }
    }

    private var outputs: [(name: String, shape: String, meaning: String)] {
        let count = description.labels.count
        let corners = "x and y of the top left, x and y of the bottom right corner, in pixels of the input"
        switch (description.kind, options.suppression) {
        case (.classifier, _):
            return [("scores", "[\(batch), \(count)] float32", "how likely each label is; a photo's values sum to 1")]
        case (.detector, nil):
            let positions = AnchorPoints(input: description.input.size).count
            return [
                ("boxes", "[\(batch), \(positions), 4] float32", corners),
                ("scores", "[\(batch), \(positions), \(count)] float32", "confidence of each label, 0...1"),
            ]
        case (.detector, .some):
            return [
                ("detection_boxes", "[K, 4] float32", corners),
                ("detection_scores", "[K] float32", "confidence, 0...1"),
                ("detection_labels", "[K] int64", "index into the labels"),
                ("detection_photos", "[K] int64", "index of the photo in the batch"),
            ]
        }
    }
}
