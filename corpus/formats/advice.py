"""Next steps that several refusals share."""

RESAVE = "请用 Word 或 WPS 打开，另存为 .docx 后再加入。"
UNPROTECT = "请先用 Word 或 WPS 打开并去掉密码，再加入。"
UNPACK = "请先解压，再加入里面的文件。"
RECOGNISE = "请先用文字识别（OCR）软件转成 .docx 或 .txt。"
FETCH_AGAIN = "请重新下载或复制，或用 Word、WPS 打开后另存为 .docx。"
ORIGINAL = "请换成计划的原文件。"
