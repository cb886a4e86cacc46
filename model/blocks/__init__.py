"""The mathematics: one module per physical or economic idea, equations on top.

A block adds its variables and constraints, and offers terms under agreed names (see
`model.blocks.protocol`). `model.build` joins them. Blocks never import one another; a block may
use the variables of a block that stands before it in `model.build.BLOCKS`.
"""
