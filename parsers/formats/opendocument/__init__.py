"""OpenDocument spreadsheets to grids: .ods and .fods."""
