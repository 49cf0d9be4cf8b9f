import PomonaModel

/// One convolution of the family with its normalisation, by the name of its place.
struct PublishedConvolution: Equatable {
    /// `backbone.backbone.stem.conv` and so on; `.conv.weight` and `.bn.*` lie below it.
    let path: String
    /// `[output, input / groups, kernel, kernel]`.
    let shape: [Int]
}

/// The normalised convolutions of an architecture in the order in which a photo passes them.
///
/// Exported ONNX files keep the names of the last layers only; the folded convolutions carry running numbers, which
/// follow this order.
struct PublishedConvolutions {
    private(set) var list: [PublishedConvolution] = []
    private let architecture: DetectorArchitecture

    init(_ architecture: DetectorArchitecture) {
        self.architecture = architecture
        backbone()
        neck()
        head()
    }

    private mutating func backbone() {
        let root = "backbone.backbone."
        let base = architecture.stemChannels
        add(root + "stem.conv", [base, 12, 3, 3])
        for (index, blocks) in [1, 3, 3, 1].enumerated() {
            let stage = root + "dark\(index + 2)."
            let (input, output) = (base << index, base << (index + 1))
            spatial(stage + "0", input, output)
            var place = 1
            if index == 3 {
                pointwise(stage + "1.conv1", output, output / 2)
                pointwise(stage + "1.conv2", output * 2, output)
                place = 2
            }
            join(stage + "\(place)", input: output, output: output, repetitions: architecture.repetitions(3) * blocks)
        }
    }

    private mutating func neck() {
        let channels = architecture.levelChannels
        let (fine, middle, deep) = (channels[0], channels[1], channels[2])
        let repetitions = architecture.repetitions(3)
        pointwise("backbone.lateral_conv0", deep, middle)
        join("backbone.C3_p4", input: 2 * middle, output: middle, repetitions: repetitions)
        pointwise("backbone.reduce_conv1", middle, fine)
        join("backbone.C3_p3", input: 2 * fine, output: fine, repetitions: repetitions)
        spatial("backbone.bu_conv2", fine, fine)
        join("backbone.C3_n3", input: 2 * fine, output: middle, repetitions: repetitions)
        spatial("backbone.bu_conv1", middle, middle)
        join("backbone.C3_n4", input: 2 * middle, output: deep, repetitions: repetitions)
    }

    private mutating func head() {
        let hidden = architecture.headChannels
        for (level, channels) in architecture.levelChannels.enumerated() {
            pointwise("head.stems.\(level)", channels, hidden)
            for branch in ["cls_convs", "reg_convs"] {
                for index in 0..<2 { spatial("head.\(branch).\(level).\(index)", hidden, hidden) }
            }
        }
    }

    private mutating func join(_ path: String, input: Int, output: Int, repetitions: Int) {
        let hidden = output / 2
        pointwise(path + ".conv1", input, hidden)
        pointwise(path + ".conv2", input, hidden)
        for index in 0..<repetitions {
            pointwise(path + ".m.\(index).conv1", hidden, hidden)
            spatial(path + ".m.\(index).conv2", hidden, hidden)
        }
        pointwise(path + ".conv3", 2 * hidden, output)
    }

    private mutating func spatial(_ path: String, _ input: Int, _ output: Int) {
        if architecture.isDepthwise {
            add(path + ".dconv", [input, 1, 3, 3])
            pointwise(path + ".pconv", input, output)
        } else {
            add(path, [output, input, 3, 3])
        }
    }

    private mutating func pointwise(_ path: String, _ input: Int, _ output: Int) {
        add(path, [output, input, 1, 1])
    }

    private mutating func add(_ path: String, _ shape: [Int]) {
        list.append(PublishedConvolution(path: path, shape: shape))
    }
}
