import PomonaCore
import PomonaModel

extension ExportReadme {
    /// What makes OpenVINO's C interface a module for Swift.
    var swiftModule: String {
        """
        module OpenVINO [system] {
            header "openvino.h"
            link "openvino_c"
            export *
        }
        """
    }

    /// A program that runs the network over a filled input and prints what it answers.
    var swift: String {
        #"""
        import OpenVINO

        func check(_ status: ov_status_e) {
            guard status != OK else { return }
            fatalError(ov_get_last_err_msg().map { String(cString: $0) } ?? "status \(status.rawValue)")
        }

        var core, model, request, images: OpaquePointer?
        check(ov_core_create(&core))
        check(ov_core_compile_model_from_file_props(core, "\#(network)", "CPU", 0, nil, &model))
        check(ov_compiled_model_create_infer_request(model, &request))

        var shape = ov_shape_t()
        check(ov_shape_create(4, [\#(batchCount), 3, \#(size.height), \#(size.width)], &shape))
        check(ov_tensor_create(F32, shape, &images))
        var data: UnsafeMutableRawPointer?
        check(ov_tensor_data(images, &data))
        let planes = UnsafeMutableBufferPointer(
            start: data?.assumingMemoryBound(to: Float.self), count: \#(batchCount * description.input.elementCount))
        planes.update(repeating: \#(background))  // your photo's planes go here
        check(ov_infer_request_set_tensor(request, "images", images))
        check(ov_infer_request_infer(request))

        func output<Element>(_ name: String, of type: Element.Type) -> [Element] {
            var tensor: OpaquePointer?
            var (count, data) = (0, UnsafeMutableRawPointer?.none)
            check(ov_infer_request_get_tensor(request, name, &tensor))
            check(ov_tensor_get_size(tensor, &count))
            check(ov_tensor_data(tensor, &data))
            defer { ov_tensor_free(tensor) }
            return Array(UnsafeBufferPointer(start: data?.assumingMemoryBound(to: type), count: count))
        }

        \#(swiftAnswer)
        """#
    }

    private var swiftAnswer: String {
        switch (description.kind, options.suppression) {
        case (.classifier, _):
            #"""
            for (label, score) in output("scores", of: Float.self).prefix(\#(description.labels.count)).enumerated() {
                print("label \(label): \(score)")
            }
            """#
        case (.detector, nil):
            #"""
            let labels = \#(description.labels.count)
            let boxes = output("boxes", of: Float.self), scores = output("scores", of: Float.self)
            // Overlapping boxes of one label are one object: keep the best (non-maximum suppression).
            for i in 0..<scores.count / labels {
                let own = scores[i * labels..<(i + 1) * labels]
                guard let best = own.indices.max(by: { own[$0] < own[$1] }), own[best] >= 0.3 else { continue }
                print("label \(best - i * labels), confidence \(own[best]): \(Array(boxes[4 * i..<4 * i + 4]))")
            }
            """#
        case (.detector, .some):
            #"""
            let boxes = output("detection_boxes", of: Float.self), scores = output("detection_scores", of: Float.self)
            for (i, label) in output("detection_labels", of: Int64.self).enumerated() {
                print("label \(label), confidence \(scores[i]): \(Array(boxes[4 * i..<4 * i + 4]))")
            }
            """#
        }
    }
}
