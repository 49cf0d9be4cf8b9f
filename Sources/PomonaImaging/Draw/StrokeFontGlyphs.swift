/// The drawings of ``StrokeFont``.
///
/// A glyph is strokes separated by `;`, a stroke is points separated by spaces, a point is its x and y as one digit each
/// in base 36. `~` before a point makes it the control point of a quadratic curve from the one before to the one after.
enum StrokeFontGlyphs {
    static let spaceWidth = 4.0

    static let table: [String] = [
        "",  // space
        "00 0g;0n",  // !
        "00 06;60 66",  // "
        "50 3o;c0 ao;08 f8;0g eg",  // #
        "e6 ~c3 73 ~03 08 ~0c 7c ~fc fh ~fl 7l ~1l 0i;70 7o",  // $
        "40 ~00 04 ~08 48 ~88 84 ~80 40;eg ~ag ak ~ao eo ~io ik ~ig eg;f0 3o",  // %
        "go 38 ~10 60 ~b0 b4 ~b8 5c ~0f 0j ~0o 6o ~co gf",  // &
        "00 06",  // '
        "50 ~06 0c ~0i 5o",  // (
        "00 ~56 5c ~5i 0o",  // )
        "52 5c;04 aa;a4 0a",  // *
        "77 7l;0e ee",  // +
        "2n 0s",  // ,
        "0f 8f",  // -
        "0n",  // .
        "a0 0o",  // /
        "70 ~00 0c ~0o 7o ~eo ec ~e0 70",  // 0
        "15 70 7o",  // 1
        "05 ~10 70 ~e0 e6 ~eb 8g 0o eo",  // 2
        "04 ~20 70 ~d0 d6 ~dc 6c;6c ~ec ei ~eo 7o ~1o 0k",  // 3
        "bo b0 0h eh",  // 4
        "d0 20 1b ~39 79 ~e9 eg ~eo 7o ~1o 0k",  // 5
        "c2 ~a0 80 ~00 0f ~0o 7o ~eo eg ~e9 79 ~09 0g",  // 6
        "00 e0 5o",  // 7
        "70 ~10 16 ~1b 7b ~db d6 ~d0 70;7b ~0b 0i ~0o 7o ~eo ei ~eb 7b",  // 8
        "2m ~4o 6o ~eo e9 ~e0 70 ~00 08 ~0f 7f ~ef e8",  // 9
        "0c;0n",  // :
        "2c;2n 0s",  // ;
        "d6 0e dm",  // <
        "0b eb;0i ei",  // =
        "06 de 0m",  // >
        "04 ~10 60 ~c0 c5 ~c9 6d 6g;6n",  // ?
        "ea ~e7 a7 ~57 5c ~5h 9h ~eh ea;ea ~eh hh ~kh kb ~k0 a0 ~00 0c ~0o ao ~eo hm",  // @
        "0o 80 go;3g dg",  // A
        "00 80 ~e0 e6 ~ec 8c 0c;8c ~fc fi ~fo 8o 0o 00",  // B
        "g5 ~e0 80 ~00 0c ~0o 8o ~eo gj",  // C
        "00 70 ~g0 gc ~go 7o 0o 00",  // D
        "e0 00 0o eo;0c cc",  // E
        "e0 00 0o;0c cc",  // F
        "g5 ~e0 80 ~00 0c ~0o 8o ~go gf gd 9d",  // G
        "00 0o;g0 go;0c gc",  // H
        "00 0o",  // I
        "b0 bh ~bo 5o ~0o 0i",  // J
        "00 0o;f0 0g;5b fo",  // K
        "00 0o do",  // L
        "0o 00 9g i0 io",  // M
        "0o 00 go g0",  // N
        "90 ~00 0c ~0o 9o ~io ic ~i0 90",  // O
        "0o 00 80 ~f0 f7 ~fe 8e 0e",  // P
        "90 ~00 0c ~0o 9o ~io ic ~i0 90;bi io",  // Q
        "0o 00 80 ~f0 f7 ~fe 8e 0e;7e fo",  // R
        "e4 ~c0 70 ~00 06 ~0b 7c ~fd fi ~fo 7o ~1o 0j",  // S
        "00 g0;80 8o",  // T
        "00 0f ~0o 8o ~go gf g0",  // U
        "00 8o g0",  // V
        "00 5o b4 ho m0",  // W
        "00 fo;f0 0o",  // X
        "00 8c g0;8c 8o",  // Y
        "00 f0 0o fo",  // Z
        "50 00 0o 5o",  // [
        "00 ao",  // \
        "00 50 5o 0o",  // ]
        "07 60 c7",  // ^
        "0q cq",  // _
        "00 44",  // `
        "c8 co;cd ~b8 68 ~08 0g ~0o 6o ~bo cj",  // a
        "00 0o;0d ~18 68 ~c8 cg ~co 6o ~1o 0j",  // b
        "cb ~a8 68 ~08 0g ~0o 6o ~ao cl",  // c
        "c0 co;cd ~b8 68 ~08 0g ~0o 6o ~bo cj",  // d
        "0g cg ~c8 68 ~08 0g ~0o 6o ~ao cl",  // e
        "a1 ~80 70 ~40 44 4o;08 98",  // f
        "c8 cp ~cv 6v ~2v 0t;cd ~b8 68 ~08 0g ~0o 6o ~bo cj",  // g
        "00 0o;0e ~18 68 ~b8 be bo",  // h
        "08 0o;02",  // i
        "48 4q ~4v 0v;42",  // j
        "00 0o;b8 0j;4f bo",  // k
        "00 0j ~0o 4o",  // l
        "08 0o;0e ~18 58 ~98 9e 9o;9e ~a8 e8 ~i8 ie io",  // m
        "08 0o;0e ~18 68 ~b8 be bo",  // n
        "68 ~08 0g ~0o 6o ~co cg ~c8 68",  // o
        "08 0v;0d ~18 68 ~c8 cg ~co 6o ~1o 0j",  // p
        "c8 cv;cd ~b8 68 ~08 0g ~0o 6o ~bo cj",  // q
        "08 0o;0e ~18 58 ~78 88",  // r
        "ab ~98 58 ~08 0c ~0g 5g ~bg bk ~bo 5o ~1o 0l",  // s
        "42 4j ~4o 9o;08 98",  // t
        "08 0i ~0o 5o ~ao bi;b8 bo",  // u
        "08 6o c8",  // v
        "08 4o 9a eo i8",  // w
        "08 bo;b8 0o",  // x
        "08 6o;c8 6o ~3v 0v",  // y
        "08 b8 0o bo",  // z
        "60 ~30 34 38 ~3c 0c ~3c 3g 3k ~3o 6o",  // {
        "00 0s",  // |
        "00 ~30 34 38 ~3c 6c ~3c 3g 3k ~3o 0o",  // }
        "0f ~3a 7e ~bi ed",  // ~
    ]
}
